/** The types that a parameter of an action can have. */
export const dataTypes = ['int', 'str', 'textarea', 'float', 'experiment', 'file', 'bool', 'select'] as const;
export type DataType = (typeof dataTypes)[number];

/** A declared parameter, as the API shows it. */
export interface Parameter {
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly dataType: DataType;
  /** As text; booleans as `1` or `0`. */
  readonly defaultValue: string | null;
  readonly options: readonly string[] | null;
}

/** Something that an extension can do. */
export interface Action {
  readonly name: string;
  readonly displayName: string | null;
  /** Empty where the manifest gives none: the Python clients refuse null. */
  readonly description: string;
  /** A shell script. */
  readonly script: string;
  readonly parameters: readonly Parameter[];
  /** Name of the first parameter of type experiment; empty where there is none. */
  readonly experimentVariableName: string;
  /** How long it may run, 0 for ever; undefined where the manifest doesn't say. */
  readonly timeoutSeconds: number | undefined;
}

/** A folder of the extensions folder with a valid manifest. */
export interface Extension {
  readonly name: string;
  readonly description: string | null;
  readonly authors: string;
  /** Where its actions find the server; undefined means this server itself. */
  readonly aqueductUrl: string | undefined;
  /** Environment variables of all its actions, as Python writes their values. */
  readonly constants: Readonly<Record<string, string>>;
  readonly actions: readonly Action[];
  /** Which experiments the token of a task is good for. */
  readonly access: 'all' | 'parameters';
  /** Absolute path. */
  readonly folder: string;
}

/** A folder that is left out of the list. */
export interface ExtensionProblem {
  /** Its name. */
  readonly folder: string;
  /** What is wrong, with file, line and field. */
  readonly message: string;
}

/** A parameter with the value that an action is run with. */
export interface ParameterValue extends Parameter {
  /** As it is passed to the script. */
  readonly value: string;
}
