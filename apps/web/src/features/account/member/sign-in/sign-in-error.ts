/** Time to wait, in seconds or minutes. */
export type WaitTime = { unit: "seconds" | "minutes"; count: number };

/** Writes the waiting time into an error text, which is all that next-auth passes on to the form. */
export const formatThrottledError = (seconds: number) => `throttled ${seconds}`;

/** Reads what `formatThrottledError` wrote; null for any other error. */
export function readThrottledError(error: string | null | undefined): WaitTime | null {
  const seconds = Number(/^throttled (\d+)$/.exec(error ?? "")?.[1] ?? Number.NaN);
  if (Number.isNaN(seconds)) return null;
  return seconds < 60
    ? { unit: "seconds", count: seconds }
    : { unit: "minutes", count: Math.ceil(seconds / 60) };
}

/** Writes the address of an organization that requires its identity provider into an error text. */
export const formatProviderError = (address: string) => `provider ${address}`;

/** Reads what `formatProviderError` wrote; null for any other error. */
export const readProviderError = (error: string | null | undefined): string | null =>
  /^provider ([\da-f]{32})$/.exec(error ?? "")?.[1] ?? null;
