export {
  type AskedSource,
  AuSource,
  DncscrubSource,
  FtcSource,
  SourceInput,
  HostKey,
  RegistrySource,
  SgSource,
  SourceSecret,
  askedKinds,
  askedServices,
  auWashingAddress,
  isAnsweredSource,
  isAskedSource,
  isSameServer,
  needsSecret,
  findUploadId,
} from "./source.ts";
export * from "./attested-answer.ts";
export {
  BLOCKS_PER_AREA,
  BLOCK_BYTES,
  BLOCK_SIZE,
  type Bits,
  addLine,
  toArea,
  countLines,
  hasLine,
  isEmpty,
  linesIn,
  countOnesInByte,
  countOnesInWord,
  locateNumber,
  removeLine,
} from "./numbers/blocks.ts";
export {
  type CoveringRegistry,
  type ConnectedRegistry,
  type JurisdictionCounts,
  type JurisdictionCoverage,
  SilenceWarning,
  RestoreWarning,
  assessCoverage,
} from "./coverage.ts";
export {
  CsvColumn,
  type CsvDate,
  CsvMapping,
  type FormMark,
  type FormPart,
  type ListFormKey,
  RegistryFormat,
  type TableFormKey,
  holdsAnswers,
  listFormKeys,
  findListForm,
  listForms,
  needsChecksum,
  connectableFormKeys,
  findListedRegion,
  tableFormKeys,
  findTableForm,
  plainMapping,
  tableForms,
} from "./format.ts";
export {
  type BlockChange,
  compareBlocks,
  countChanges,
  compareSets,
  packLines,
  toggleLines,
  unpackLines,
} from "./numbers/difference.ts";
export * from "./disconnection.ts";
export {
  type EarlierEdition,
  type RegistryState,
  findHoldReason,
  isAcceptable,
  isPlausibleSize,
} from "./hold-edition.ts";
export * from "./edition.ts";
export {
  Freshness,
  RegistryAlertKind,
  type RegistryHealth,
  findEarlyReading,
  rateFreshness,
  findRegistryAlerts,
} from "./freshness.ts";
export {
  type RegistryAnswers,
  computeAnswerAges,
  RecordAnswers,
  RecordBalance,
  createEditionFromFreeNumbers,
  createEditionFromListed,
  computeMonthlyBudget,
} from "./ask-registry.ts";
export { type MappingPreview, guessMapping, previewMapping } from "./mapping-sample.ts";
export {
  type ScheduledReading,
  ReadingSchedule,
  SetReadingSchedule,
  findNextReading,
  isReadingDue,
  nightlySchedule,
} from "./reading-schedule.ts";
export {
  BLOCKS_PER_PIECE,
  type NumberSet,
  addNumber,
  areasIn,
  ensureBits,
  findBits,
  blockNumbersIn,
  blocksInArea,
  countNumbers,
  createNumberSet,
  hasNumber,
  createNumberLookup,
  numbersIn,
  removeNumber,
} from "./numbers/number-set.ts";
export {
  type FetchPlan,
  FetchedFile,
  type FetchFacts,
  RegistryFetch,
  StartFetch,
  UpdateFetch,
  planFetch,
  wasFetchedToday,
} from "./daily-fetch.ts";
export type { ReadPhone } from "./readers/csv.ts";
export { parseDncFileName } from "./readers/us-dnc.ts";
export type { EntryFileResult, FileReader } from "./readers/file-reader.ts";
export * from "./readers/edition-reader.ts";
export * from "./readers/line-types.ts";
export {
  type RndAnswer,
  createReassignedAnswerReader,
  formatRndQuestion,
} from "./readers/reassigned-numbers.ts";
export {
  ChangeRegistry,
  ConfirmEdition,
  ConnectRegistry,
  EditionKey,
  RegistryCode,
  ListEditions,
  RollBackRegistry,
  ReviewEdition,
  Validators,
  FindPastListings,
  fitsAllowList,
} from "./registry.ts";
