import type { Theme } from "@ringfence/core/account/member";

/** At once; the server writes the same into the next page. */
export function showTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme;
}
