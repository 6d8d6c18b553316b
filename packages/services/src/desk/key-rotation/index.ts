export { listKeys, rotateKey } from "./rotate-key.ts";
