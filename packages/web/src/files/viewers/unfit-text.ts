/** A text that a viewer can make nothing of: to read it again changes nothing. */
export class UnfitText extends Error {
  readonly title: string;
  readonly detail: string | undefined;

  constructor(title: string, detail?: string) {
    super(detail === undefined ? title : `${title}. ${detail}`);
    this.title = title;
    this.detail = detail;
  }
}

/** @throws UnfitText where there is nothing to be read. */
export function filled(text: string): string {
  if (text.trim() === '') throw new UnfitText('The file is empty');
  return text;
}
