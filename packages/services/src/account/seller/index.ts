export * from "./add-seller.ts";
export * from "./change-seller.ts";
export { listSellers } from "./list-sellers.ts";
export type { KnownSeller } from "./sellers-of.ts";
