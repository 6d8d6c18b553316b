export * from "./decide-sign-in.ts";
export * from "./identity-provider.ts";
