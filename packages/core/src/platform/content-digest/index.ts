export { parseContentDigest } from "./content-digest.ts";
