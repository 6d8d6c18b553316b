// The last step of the build: Next expects whoever runs its server to supply the static files. They are copied here and
// not when a server starts, because several may start at the same time.
import { cpSync } from "node:fs";

cpSync(".next/static", ".next/standalone/apps/web/.next/static", { recursive: true });
