export {
  type ConfiguredRecipient,
  type ProcessingRecord,
  readProcessingRecord,
  saveProcessingDetails,
} from "./processing-record.ts";
