export * from "./change-own-settings.ts";
export * from "./current-member.ts";
export * from "./end-session.ts";
export * from "./list-members.ts";
export * from "./own-sessions.ts";
export * from "./password.ts";
export * from "./session.ts";
export * from "./start-session.ts";
