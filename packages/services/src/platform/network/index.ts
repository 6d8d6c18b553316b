export { type TrustedProxies, findClientAddress, findNetwork } from "./client-address.ts";
export { PrivateHost, isPrivateAddress, publicLookup } from "./private-address.ts";
