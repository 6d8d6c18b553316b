// A house for tests: PostgreSQL, api and worker as `npm start` runs them. The pages take minutes to build:
// the program that is named first stands in their place, on their port.
import { builtServices } from "../supervisor/services.ts";
import { supervise } from "../supervisor/supervise.ts";

const [, , pages = ""] = process.argv;

await supervise(
  {
    tasks: [],
    services: (settings, secrets) => Promise.resolve(builtServices(settings, secrets, pages)),
  },
  { isThrowAway: true },
);
