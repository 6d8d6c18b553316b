/** The most opt-outs on the public page that people make in a time span. One more exceeds the rate and is a burst. */
export type OptOutRate = { seconds: number; most: number };

const ONE_MINUTE: OptOutRate = { seconds: 60, most: 60 };

/**
 * More opt-outs than this from one address, on one organization's page, are a burst: probably a flood that a machine
 * sends. An office or a carrier may share an address. Opt-outs with a proof of work are counted apart from the others.
 */
export const ADDRESS_RATES: readonly OptOutRate[] = [ONE_MINUTE, { seconds: 3_600, most: 300 }];

/** Above this rate an address gets no receipts. Counted in the same way. */
export const RECEIPT_RATES: readonly OptOutRate[] = [ONE_MINUTE];

/** More opt-outs without a proof of work than this are a burst, from whatever addresses: a flood may use many. */
export const ALL_ADDRESSES_RATES: readonly OptOutRate[] = [
  { seconds: 60, most: 300 },
  { seconds: 3_600, most: 3_000 },
];

/** A burst ends after this much silence. Later opt-outs are not part of it. */
export const BURST_SILENCE_SECONDS = 600;

/**
 * While a burst is younger than this, each opt-out that joins it also adds those of the last so many seconds: other
 * transactions may have recorded them before the burst was committed.
 */
export const SAME_TIME_SECONDS = 10;
