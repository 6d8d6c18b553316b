export { archiveDisclosure, restoreDisclosure } from "./archive.ts";
export {
  type PublishDisclosureResult,
  draftDisclosure,
  publishDisclosure,
} from "./draft-and-publish.ts";
export {
  type DisclosureListItem,
  type DisclosureView,
  type DisclosureVersion,
  listDisclosures,
  readDisclosure,
} from "./list.ts";
