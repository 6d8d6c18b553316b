export {
  type EvidencePack,
  type MadePack,
  listEvidencePacks,
  makeEvidencePack,
} from "./make-pack.ts";
