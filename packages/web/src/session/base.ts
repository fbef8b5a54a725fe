/** The path that everything of the server is below, with slashes at both ends; the server writes it into the page. */
export const basePath = document.querySelector<HTMLMetaElement>('meta[name="aqueduct-base"]')?.content ?? '/';

/** The server's address, for people and for clients: without a slash at its end. */
export const serverAddress = (location.origin + basePath).replace(/\/$/, '');
