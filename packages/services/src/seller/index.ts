export { listSellers } from "./list-sellers.ts";
