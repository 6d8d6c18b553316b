/** So many refusals in so many seconds are still those of people; one more makes a burst. */
export type RefusalRate = { seconds: number; most: number };

const ONE_MINUTE: RefusalRate = { seconds: 60, most: 60 };

/** Of one address on the page of one organization: an office or a carrier shares one. */
export const ADDRESS_RATES: readonly RefusalRate[] = [ONE_MINUTE, { seconds: 3_600, most: 300 }];

/** Past this rate an address is given no receipts. */
export const RECEIPT_RATES: readonly RefusalRate[] = [ONE_MINUTE];

/** Of all addresses together, without a proof of work: whoever floods may change addresses. */
export const ALL_ADDRESSES_RATES: readonly RefusalRate[] = [
  { seconds: 60, most: 300 },
  { seconds: 3_600, most: 3_000 },
];

/** A burst that was silent for so long is over: what comes then is no part of it. */
export const BURST_SILENCE_SECONDS = 600;

/** Refusals that are recorded at the same time do not see one another, but the next one sees them. */
export const SAME_TIME_SECONDS = 10;
