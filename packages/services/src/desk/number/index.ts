export {
  type AgentDuty,
  type JudgedCall,
  type NumberView,
  findNumber,
  readNumber,
} from "./read-number.ts";
export type { ConsentEventView, Timeline, TimelineEvent } from "./timeline.ts";
