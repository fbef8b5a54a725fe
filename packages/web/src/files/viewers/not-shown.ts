/** That these bytes are nothing that can be shown: they can't, however often they are read. */
export class NotShown extends Error {}
