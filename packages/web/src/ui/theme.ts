import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour: the original's turquoise, dark enough on white and light enough on black to be read. */
const accent: MantineColorsTuple = [
  '#e6f8fa',
  '#cdeff3',
  '#9fdfe7',
  '#6fcfdb',
  '#46bccb',
  '#2aa9ba',
  '#1496a8',
  '#0b7f8f',
  '#096b79',
  '#075560',
];

/** A cooler black than Mantine's. */
const dark: MantineColorsTuple = [
  '#d5dae1',
  '#b3bac4',
  '#9aa3af',
  '#646e7b',
  '#3c444f',
  '#2e353f',
  '#242a32',
  '#171b21',
  '#12161b',
  '#0d1014',
];

/** Dense and calm: small texts, small controls, thin lines. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.125rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100 },
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
  },
});

/** Colours of Mantine's own that are too pale to be read on our backgrounds, or not of the accent. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6570',
    '--mantine-color-placeholder': '#68717c',
    '--mantine-color-anchor': accent[8],
    '--mantine-color-error': '#c42b2b',
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#8f9aa9',
    '--mantine-color-anchor': accent[3],
    '--mantine-color-error': '#ff8f87',
  },
});
