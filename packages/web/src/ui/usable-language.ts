/**
 * Where a system has no language set, Chromium says `en-US@posix`, which `Intl` refuses: libraries that pass it on, as
 * uPlot does when it is loaded, would end the page. Imported before them.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  const { locale } = new Intl.NumberFormat().resolvedOptions();
  Object.defineProperty(navigator, 'language', { value: locale, configurable: true });
}
