/** What a relative link of a text means. */
export interface LinkTarget {
  /** Where the bytes are: for images. */
  readonly source: string;
  /** The page that shows it: for links. */
  readonly page: string;
}
