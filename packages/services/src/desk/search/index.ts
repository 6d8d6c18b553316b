export { type FoundRecord, type SearchResult, search } from "./search.ts";
