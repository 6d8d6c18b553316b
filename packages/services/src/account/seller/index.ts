export { addSeller, changeSeller } from "./change-sellers.ts";
export { type KnownSeller, listSellers } from "./sellers.ts";
