/** The limits of the contract. Lengths count Unicode code points, not UTF-16 units. */
export const limits = {
  titleLength: 256,
  descriptionLength: 5000,
  tagLength: 64,
  tagsPerExperiment: 64,
  experimentsPerPage: 500,
  tagsPerPage: 500,
  tasksPerPage: 500,
  titleFilterLength: 64,
  tagsInFilter: 10,
  requiredTagsInFilter: 6,
  fileNameBytes: 255,
} as const;
