/** Everything that a user can be allowed to do. */
export const scopes = [
  'experiment::view::own',
  'experiment::view::all',
  'experiment::edit::own',
  'experiment::edit::all',
  'experiment::delete::own',
  'experiment::delete::all',
  'experiment::create::own',
  'job::view::own',
  'job::view::all',
  'job::create',
  'job::cancel::own',
  'job::cancel::all',
] as const;

export type Scope = (typeof scopes)[number];
