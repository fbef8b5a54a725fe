const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A name with its marks of direction made visible: by one, a name that ends with “fdp.exe” looks like that of a PDF. */
export function visibleName(name: string): string {
  return name.replace(
    TURNS,
    (letter) => `⟨U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
