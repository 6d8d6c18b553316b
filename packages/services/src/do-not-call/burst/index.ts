export { answerBurstLifting, dismissBurst, liftBurstJob, proposeBurstLifting } from "./decide.ts";
export {
  type BurstLiftingView,
  type BurstOptOutView,
  type BurstView,
  listBursts,
  readBurst,
} from "./list.ts";
export { forgetChallenges } from "./challenge.ts";
export { sendBurstAlarmJob } from "./detect.ts";
export { liftBurst } from "./lift.ts";
export { sendBurstAlarm } from "./alarm.ts";
