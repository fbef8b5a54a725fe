/** A GraphQL operation whose text is tied to the types of its variables and of its data. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** Types only; never there at run time. */
  readonly types?: (variables: Variables) => Data;
}
