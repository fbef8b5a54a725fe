import type { Context } from '../access/context.ts';
import { mayDo } from '../access/require-scope.ts';
import { addTagsToExperiment } from './add-tags-to-experiment.ts';
import { countExperiments } from './count-experiments.ts';
import { createExperiment, type NewExperiment } from './create-experiment.ts';
import type { Experiment } from './experiment.ts';
import { findAuthors } from './find-authors.ts';
import { findExperiment } from './find-experiment.ts';
import { type ExperimentPage, findExperiments, type ListInput } from './find-experiments.ts';
import { findExperimentsByEid } from './find-experiments-by-eid.ts';
import { countTags, findTags, type TagPage, type TagsInput } from './find-tags.ts';
import { removeExperiment } from './remove-experiment.ts';
import { removeExperiments } from './remove-experiments.ts';
import { removeTagFromExperiment } from './remove-tag-from-experiment.ts';
import { type TagExperimentsInput, tagExperiments } from './tag-experiments.ts';
import { type ExperimentUpdate, updateExperiment } from './update-experiment.ts';

interface WithContext {
  readonly ctx: Context;
}

/** What GraphQL asks of this room. */
export const experimentResolvers = {
  Query: {
    getCurrentUserInfo: (_: unknown, __: unknown, { ctx }: WithContext) => ({
      username: ctx.viewer.username,
      scopes: [...ctx.viewer.scopes],
    }),
    experiments: (_: unknown, input: ListInput, { ctx }: WithContext) => findExperiments(ctx, input),
    experiment: (
      _: unknown,
      input: { experimentIdentifier: { type: 'UUID' | 'EID'; value: string } },
      { ctx }: WithContext,
    ) => findExperiment(ctx, input.experimentIdentifier),
    experimentsByEid: (_: unknown, { eids }: { eids: readonly string[] }, { ctx }: WithContext) =>
      findExperimentsByEid(ctx, eids),
    tags: (_: unknown, input: TagsInput, { ctx }: WithContext) => findTags(ctx, input),
    authors: (_: unknown, __: unknown, { ctx }: WithContext) => findAuthors(ctx),
  },
  Mutation: {
    createExperiment: (_: unknown, input: { createExperimentInput: NewExperiment }, { ctx }: WithContext) =>
      createExperiment(ctx, input.createExperimentInput),
    updateExperiment: (
      _: unknown,
      input: { uuid: string; experimentUpdateInput: ExperimentUpdate },
      { ctx }: WithContext,
    ) => updateExperiment(ctx, input.uuid, input.experimentUpdateInput),
    addTagToExperiment: (
      _: unknown,
      { experimentTagInput: { uuid, tag } }: { experimentTagInput: { uuid: string; tag: string } },
      { ctx }: WithContext,
    ) => addTagsToExperiment(ctx, { uuid, tags: [tag] }),
    addTagsToExperiment: (
      _: unknown,
      input: { experimentTagsInput: { uuid: string; tags: readonly string[] } },
      { ctx }: WithContext,
    ) => addTagsToExperiment(ctx, input.experimentTagsInput),
    removeTagFromExperiment: (
      _: unknown,
      input: { experimentTagInput: { uuid: string; tag: string } },
      { ctx }: WithContext,
    ) => removeTagFromExperiment(ctx, input.experimentTagInput),
    removeExperiment: (
      _: unknown,
      input: { experimentRemoveInput: { uuid: string } },
      { ctx }: WithContext,
    ) => removeExperiment(ctx, input.experimentRemoveInput.uuid),
    tagExperiments: (_: unknown, input: { tagExperimentsInput: TagExperimentsInput }, { ctx }: WithContext) =>
      tagExperiments(ctx, input.tagExperimentsInput),
    removeExperiments: (_: unknown, input: { uuids: readonly string[] }, { ctx }: WithContext) =>
      removeExperiments(ctx, input.uuids),
  },
  Experiments: {
    experimentsData: (page: ExperimentPage) => page.experiments,
    endCursor: (page: ExperimentPage) => page.endCursor(),
    totalExperimentsCount: (page: ExperimentPage, _: unknown, { ctx }: WithContext) =>
      page.total ?? countExperiments(ctx, page.filters, page.plan),
  },
  Tags: {
    tagsData: (page: TagPage) => page.tags,
    totalTagsCount: (page: TagPage, _: unknown, { ctx }: WithContext) => countTags(ctx, page),
  },
  ExperimentData: {
    viewerCanEdit: (experiment: Experiment, _: unknown, { ctx }: WithContext) =>
      mayDo(ctx.viewer, 'edit', experiment),
    viewerCanDelete: (experiment: Experiment, _: unknown, { ctx }: WithContext) =>
      mayDo(ctx.viewer, 'delete', experiment),
  },
};
