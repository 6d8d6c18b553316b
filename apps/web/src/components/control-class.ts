/** Common style of inputs, selects and text areas. */
export const CONTROL =
  "min-h-8 w-full rounded-md border border-line-strong bg-raised px-2.5 py-1 text-base placeholder:text-muted focus-visible:-outline-offset-1 focus-visible:rounded-md aria-invalid:border-refuse aria-invalid:shadow-[inset_0_0_0_1px_var(--refuse)] pointer-coarse:min-h-10";
