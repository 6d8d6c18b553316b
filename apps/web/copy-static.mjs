// Copies the static files as the last step of the build, because Next does not put them beside its standalone server.
// This is not done when a server starts, because several may start at the same time.
import { cpSync } from "node:fs";

cpSync(".next/static", ".next/standalone/apps/web/.next/static", { recursive: true });
