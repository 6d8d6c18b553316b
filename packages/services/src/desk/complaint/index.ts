export * from "./complain.ts";
export * from "./file-complaint.ts";
export * from "./list-complaints.ts";
export * from "./settle-complaint.ts";
