/** The most opt-outs that people make in a time span. One more makes a burst. */
export type RefusalRate = { seconds: number; most: number };

const ONE_MINUTE: RefusalRate = { seconds: 60, most: 60 };

/** Limits for one address on one organization's page. An office or a carrier may share an address. */
export const ADDRESS_RATES: readonly RefusalRate[] = [ONE_MINUTE, { seconds: 3_600, most: 300 }];

/** Above this rate an address gets no receipts. */
export const RECEIPT_RATES: readonly RefusalRate[] = [ONE_MINUTE];

/** Limits for all addresses together, without a proof of work. A flood may come from many addresses. */
export const ALL_ADDRESSES_RATES: readonly RefusalRate[] = [
  { seconds: 60, most: 300 },
  { seconds: 3_600, most: 3_000 },
];

/** A burst ends after this much silence. Later opt-outs are not part of it. */
export const BURST_SILENCE_SECONDS = 600;

/** Seconds in which opt-outs count as simultaneous: they did not see each other, so a later one adds them. */
export const SAME_TIME_SECONDS = 10;
