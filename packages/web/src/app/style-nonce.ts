/** The page's policy lets only those style elements act that carry this; the server makes a new one for each page. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The library that keeps the page behind a dialog from scrolling looks here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
