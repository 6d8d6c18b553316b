export {
  DisclosureAsks,
  DisclosureTerms,
  DraftDisclosure,
  Language,
  type PublishedDisclosure,
  isSameWording,
  findPublicationFaults,
  findTermsFault,
} from "./disclosure.ts";
