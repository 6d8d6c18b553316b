export { archiveDisclosure, restoreDisclosure } from "./archive.ts";
export { type PublishedOrNot, draftDisclosure, publishDisclosure } from "./draft-and-publish.ts";
export {
  type DisclosureListed,
  type DisclosureSeen,
  type DisclosureVersion,
  listDisclosures,
  readDisclosure,
} from "./list.ts";
