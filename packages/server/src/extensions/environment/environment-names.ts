/** The link to an extension's Python environment; the environments and all that belongs to them start so. */
export const ENVIRONMENT = '.aqueduct-extension-venv';
