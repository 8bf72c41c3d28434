//! Somebody who does a plan.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday, date};

use crate::ledger::{
    DayPattern, DayRule, Fact, PlanStart, PlanStatement, Promise, PromiseTerms, Statement, Verdict,
    promises,
};
use crate::plan::{Plan, PlanAnswer, PlanRun, PlanSituation, next, parse, plan_runs};
use crate::session::{Moment, Session, SessionState};
use crate::test_support::session;

pub(super) const BEGAN: Date = date(2026, 11, 1);

/// The day so many days after the plan began.
pub(super) fn day(after: i64) -> Date {
    BEGAN.saturating_add(after.days())
}

pub(super) fn id(on: Date, nth: usize) -> String {
    format!("{}T120000.000Z-{nth:08x}", on.strftime("%Y%m%d"))
}

pub(super) fn moment(on: Date) -> Moment {
    Moment(format!("{on}T13:00:00+01:00[Europe/Berlin]"))
}

pub(super) fn plan_fact(nth: usize, on: Date, said: PlanStatement) -> Fact {
    Fact {
        id: id(on, nth),
        about: "plan".into(),
        of: id(BEGAN, 0),
        at: moment(on),
        instead_of: Vec::new(),
        statement: Statement::Plan { on, said },
        by: None,
        note: None,
        extra: toml::Table::new(),
    }
}

/// Somebody who does a plan.
pub(super) struct Doer {
    pub(super) plan: Plan,
    pub(super) facts: Vec<Fact>,
    pub(super) sessions: Vec<Session>,
    pub(super) promises: Vec<Promise>,
    pub(super) gated: BTreeSet<String>,
    pub(super) day_ends: Time,
}

impl Doer {
    pub(super) fn new(stages: &str) -> Self {
        let text = format!(
            "format = 1\nversion = 1\ntitle = \"T\"\nrole = \"anyone\"\nweeks = 2\n\
             minutes_a_week = 5\nsummary = \"S.\"\nopening = \"O.\"\nclosing = \"C.\"\n\
             caution = \"N.\"\nevidence = \"Weak.\"\n\
             endings = [{{ id = \"we-part\", title = \"We part\", text = \"Fine.\" }}]\n{stages}"
        );
        Self::of(parse::plan("mine", &text).unwrap())
    }

    pub(super) fn of(plan: Plan) -> Self {
        let mut doer = Self {
            plan,
            facts: Vec::new(),
            sessions: Vec::new(),
            promises: Vec::new(),
            gated: BTreeSet::new(),
            day_ends: Time::midnight(),
        };
        doer.start(None, None);
        doer
    }

    pub(super) fn start(&mut self, counted_since: Option<Date>, weekday: Option<Weekday>) {
        let start = PlanStart {
            plan: "mine".into(),
            version: 1,
            counted_since,
            weekday,
        };
        self.facts = vec![plan_fact(0, BEGAN, PlanStatement::Started(start))];
    }

    pub(super) fn say(&mut self, after: i64, said: PlanStatement) {
        self.facts
            .push(plan_fact(self.facts.len(), day(after), said));
    }

    pub(super) fn does(&mut self, after: i64, exercise: &str) -> &mut Session {
        let on = day(after);
        self.sessions.push(Session {
            exercise: exercise.into(),
            state: SessionState::Done,
            started: moment(on),
            ended: Some(moment(on)),
            ..session(&id(on, 1000 + self.sessions.len()))
        });
        self.sessions.last_mut().unwrap()
    }

    /// Answers that a promise was missed on a day.
    pub(super) fn misses(&mut self, after: i64) {
        let rule = DayRule::new(DayPattern::Daily { every: 1 }, BEGAN, Some(day(90))).unwrap();
        let terms = PromiseTerms {
            what: "Call.".into(),
            to: None,
            if_then: None,
            rule,
            look: None,
            origin: None,
            follows: None,
            partners: None,
        };
        let fact = |nth, on, statement| Fact {
            about: "promise".into(),
            of: id(BEGAN, 77),
            statement,
            ..plan_fact(nth, on, PlanStatement::Resumed)
        };
        let missed = Statement::Verdict {
            verdict: Verdict::Missed,
            on: day(after),
            times: None,
        };
        let made = fact(77, BEGAN, Statement::Made(terms));
        self.promises = promises([made, fact(78, day(after), missed)]);
    }

    /// What is next on a day, in a few words.
    pub(super) fn next(&self, after: i64) -> String {
        let runs = plan_runs(&self.facts);
        let at = self.at(&runs[0], after);
        let step = next(&at);
        assert!(!step.reasons.is_empty());
        match step.answer {
            PlanAnswer::Do(stage) => format!("do {}", stage.id),
            PlanAnswer::Offer(rule, exercise) => format!("{} offers {exercise}", rule.id),
            PlanAnswer::Wait(stage, until) => format!("wait {} {}", stage.id, since(until)),
            PlanAnswer::Paused(until) => format!("paused {:?}", until.map(since)),
            PlanAnswer::Ended => String::from("ended"),
        }
    }

    pub(super) fn at<'a>(&'a self, run: &'a PlanRun, after: i64) -> PlanSituation<'a> {
        PlanSituation {
            plan: &self.plan,
            run,
            sessions: &self.sessions,
            promises: &self.promises,
            gated: &self.gated,
            today: day(after),
            day_ends: self.day_ends,
        }
    }
}

pub(super) fn since(day: Date) -> i32 {
    (day - BEGAN).get_days()
}
