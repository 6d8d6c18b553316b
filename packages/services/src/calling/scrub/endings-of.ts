import { numberInvalid, type Verdict } from "@ringfence/core/calling/screening";

/** By verdict, what stands between a row's own columns and its number: `bytes` up to each of `until`. */
export type Endings = { bytes: Uint8Array; until: Int32Array };

/** Of rows without a number, and of those of each verdict: made once, copied a million times. */
export function endingsOf(
  verdicts: readonly Verdict[],
  scrubId: string,
  delimiter: number,
): Endings {
  const between = String.fromCharCode(delimiter);
  const invalid = numberInvalid({ key: "refusal.number-invalid" });
  const endings = [invalid, ...verdicts].map(({ verdict, refusals, callableFrom }) => {
    const reasons = [...new Set(refusals.map(({ reason }) => reason))].join(" ");
    const columns = ["", verdict, reasons, callableFrom?.toISOString() ?? "", `${scrubId}.`];
    return Buffer.from(columns.join(between));
  });
  let end = 0;
  const until = Int32Array.from(endings, ({ length }) => (end += length));
  return { bytes: new Uint8Array(Buffer.concat(endings)), until };
}
