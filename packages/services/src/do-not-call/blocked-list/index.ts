export { claimDueBlockedLists, writeBlockedListJob } from "./due.ts";
export { type OpenedBlockedList, openBlockedList } from "./open.ts";
export { type BlockedListView, readBlockedList, setBlockedList } from "./settings.ts";
export { writeBlockedList } from "./write.ts";
export { streamBlockedNumbers, streamOptedOutNumbers } from "./dialer-files.ts";
