export {
  DisclosureAsks,
  DisclosureTerms,
  DraftDisclosure,
  type PublishedDisclosure,
  isSameWording,
  findPublicationFaults,
  findTermsFault,
} from "./disclosure.ts";
