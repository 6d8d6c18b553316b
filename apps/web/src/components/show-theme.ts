import type { Theme } from "@ringfence/core/account/member";

/** Switches the theme at once. From the next page on, the server sets it. */
export function showTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme;
}
