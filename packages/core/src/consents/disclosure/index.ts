export {
  DisclosureAsks,
  DisclosureTerms,
  DraftDisclosure,
  Language,
  type PublishedDisclosure,
  isSameWords,
  publicationFaults,
  termsFault,
} from "./disclosure.ts";
