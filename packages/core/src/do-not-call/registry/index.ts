export {
  type AskedSource,
  AuSource,
  DncscrubSource,
  FtcSource,
  GivenSource,
  HostKey,
  RegistrySource,
  SgSource,
  SourceSecret,
  askedKinds,
  askedRegistries,
  auAddress,
  isAsked,
  isSamePlace,
  needsSecret,
  uploadOf,
} from "./source.ts";
export {
  BLOCKS_PER_AREA,
  BLOCK_BYTES,
  BLOCK_SIZE,
  type Bits,
  addLine,
  areaOf,
  countLines,
  hasLine,
  isEmpty,
  linesIn,
  onesIn,
  onesInWord,
  placeOf,
  removeLine,
} from "./numbers/blocks.ts";
export {
  type CoveringRegistry,
  type HeldRegistry,
  type PlaceCounts,
  type PlaceCoverage,
  SilenceUnread,
  UnsilenceUnread,
  coverPlace,
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
  listFormOf,
  listForms,
  needsChecksum,
  offeredFormKeys,
  regionOf,
  tableFormKeys,
  tableFormOf,
  tableForms,
} from "./format.ts";
export {
  type BlockChange,
  blockChange,
  countChange,
  difference,
  packLines,
  turnLines,
  unpackLines,
} from "./numbers/difference.ts";
export * from "./disconnection.ts";
export {
  type EarlierEdition,
  type RegistryState,
  editionFault,
  isAcceptable,
  isPlausible,
} from "./hold-edition.ts";
export * from "./edition.ts";
export {
  Freshness,
  RegistryAlertKind,
  type RegistryHealth,
  earlyReading,
  freshnessOf,
  registryAlerts,
} from "./freshness.ts";
export {
  type Answers,
  answerAges,
  editionOfAnswers,
  editionOfListed,
  monthlyBudget,
} from "./ask-registry.ts";
export * from "./guess-mapping.ts";
export {
  type Reading,
  ReadingSchedule,
  SetReadings,
  nextReading,
  nightly,
} from "./reading-schedule.ts";
export {
  BLOCKS_PER_PIECE,
  type NumberSet,
  addNumber,
  areasIn,
  bitsFor,
  bitsIn,
  blockNumbersIn,
  blocksIn,
  countNumbers,
  emptySet,
  hasNumber,
  makeNumberLookup,
  numbersIn,
  removeNumber,
} from "./numbers/number-set.ts";
export {
  type FetchPlan,
  FetchedFile,
  type Fetching,
  RegistryFetch,
  planFetch,
  wasTakenToday,
} from "./daily-fetch.ts";
export * from "./preview-mapping.ts";
export type { ReadPhone } from "./readers/csv.ts";
export { readDncName } from "./readers/us-dnc.ts";
export type { FileReader } from "./readers/file-reader.ts";
export * from "./readers/edition-reader.ts";
export * from "./readers/line-types.ts";
export {
  type ReadAnswers,
  type RndAnswer,
  readReassignedAnswers,
  rndQuestion,
} from "./readers/reassigned-numbers.ts";
export {
  ChangeRegistry,
  ConnectRegistry,
  OneEdition,
  RegistryCode,
  RegistryEditions,
  RollBackRegistry,
  SettleEdition,
  Validators,
  WasListed,
} from "./registry.ts";
