export { type KnownSeller, addSeller, changeSeller, listSellers } from "./sellers.ts";
