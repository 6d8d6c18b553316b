import { builtServices } from "../supervisor/services.ts";
import { supervise } from "../supervisor/supervise.ts";

// An installation for tests: PostgreSQL, API and worker as `npm start` runs them. Because the pages
// take minutes to build, the first program named serves their port instead.
const [, , pages = ""] = process.argv;

await supervise(
  {
    tasks: [],
    services: (settings, secrets) => builtServices(settings, secrets, pages),
  },
  { isThrowAway: true },
);
