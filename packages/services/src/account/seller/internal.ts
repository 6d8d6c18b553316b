/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type KnownSeller, loadSellers, resolveSellerIds } from "./sellers.ts";
