//! Ratings that are asked again and again, brought together.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::session::Partner;

/// One rating out of a session. There may be very many, which share their texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The session's full id; sessions sort by it.
    pub session: Arc<str>,
    /// The local day on which the session began.
    pub day: Date,
    /// The exercise's id.
    pub exercise: Arc<str>,
    /// The exercise's title.
    pub title: Arc<str>,
    /// The step's id.
    pub step: Arc<str>,
    /// The step's short name, or its id where it has none; with the name of who gave it, where two do
    /// the exercise.
    pub name: Arc<str>,
    /// Who gave it, where two do the exercise.
    pub by: Option<Partner>,
    /// The number; none where the person chose not to say.
    pub value: Option<i64>,
}

/// What the numbers of a measure mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureScale {
    /// The lowest number.
    pub from: i64,
    /// The highest number.
    pub to: i64,
    /// What the lowest means.
    pub low: Option<String>,
    /// What the highest means.
    pub high: Option<String>,
    /// The name under which renamed steps and other exercises ask the same thing.
    pub measure: Option<String>,
    /// Whether the highest number is the better end; none where neither is.
    pub up_is_better: Option<bool>,
}

/// One thing that was rated, over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The name its author gave it, or `exercise/step`.
    pub id: String,
    /// The exercise’s id, as of the newest rating.
    pub exercise: String,
    /// The step's id, as of the newest rating.
    pub step: String,
    /// The exercise's title, as of the newest rating.
    pub title: String,
    /// What it is called, as of the newest rating.
    pub name: String,
    /// Whose it is, where two do the exercise.
    pub by: Option<Partner>,
    /// What the numbers mean.
    pub scale: MeasureScale,
    /// The ratings, oldest first, one a day at most.
    pub points: Vec<MeasurePoint>,
    /// How many ratings were on another scale, and aren't among the points.
    pub other_scale: usize,
}

/// The rating of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasurePoint {
    /// The day.
    pub day: Date,
    /// The number; none where the person chose not to say.
    pub value: Option<i64>,
    /// The session's full id.
    pub session: Arc<str>,
}

impl Measure {
    /// Brings ratings together: those of one step, or of one name that authors gave. Of several on
    /// one day the last counts. `scale` says what a step's numbers mean today; where its exercise is
    /// gone the numbers themselves are the scale.
    pub fn collect(
        mut ratings: Vec<Rating>,
        scale: &mut dyn FnMut(&Rating) -> Option<MeasureScale>,
    ) -> Vec<Self> {
        // The newest first: what it is called now is what it is called. A day that was edited by hand
        // counts, whatever the session's name says.
        ratings.sort_by(|a, b| (b.day, &b.session).cmp(&(a.day, &a.session)));
        let mut all: Vec<(Self, bool)> = Vec::new();
        let mut places: HashMap<([Arc<str>; 2], Option<Partner>), usize> = HashMap::new();
        for rating in ratings {
            let asked = [rating.exercise.clone(), rating.step.clone()];
            let asked = (asked, rating.by);
            let at = *places.entry(asked).or_insert_with(|| {
                let known = scale(&rating);
                let named = known.as_ref().and_then(|scale| scale.measure.clone());
                let id = named.unwrap_or_else(|| format!("{}/{}", rating.exercise, rating.step));
                let is = |measure: &Self| measure.id == id && measure.by == rating.by;
                let at = all.iter().position(|(measure, _)| is(measure));
                at.unwrap_or_else(|| {
                    let is_known = known.is_some();
                    all.push((Self::new(id, &rating, known), is_known));
                    all.len() - 1
                })
            });
            let (measure, is_known) = &mut all[at];
            measure.add(rating, *is_known);
        }
        let all = all.into_iter().map(|(measure, _)| measure);
        let mut all: Vec<Self> = all.filter(|measure| measure.rated() > 0).collect();
        all.iter_mut().for_each(|measure| measure.points.reverse());
        all
    }

    fn new(id: String, rating: &Rating, scale: Option<MeasureScale>) -> Self {
        Self {
            id,
            exercise: rating.exercise.to_string(),
            step: rating.step.to_string(),
            title: rating.title.to_string(),
            name: rating.name.to_string(),
            by: rating.by,
            scale: scale.unwrap_or(MeasureScale {
                from: i64::MAX,
                to: i64::MIN,
                low: None,
                high: None,
                measure: None,
                up_is_better: None,
            }),
            points: Vec::new(),
            other_scale: 0,
        }
    }

    fn add(&mut self, rating: Rating, is_known: bool) {
        if let Some(value) = rating.value {
            if !is_known {
                self.scale.from = self.scale.from.min(value);
                self.scale.to = self.scale.to.max(value);
            } else if !(self.scale.from..=self.scale.to).contains(&value) {
                self.other_scale += 1;
                return;
            }
        }
        // They come newest first, so that what is there of a day came later.
        if self
            .points
            .last()
            .is_some_and(|point| point.day == rating.day)
        {
            return;
        }
        self.points.push(MeasurePoint {
            day: rating.day,
            value: rating.value,
            session: rating.session,
        });
    }

    /// Keeps the newest `count` points.
    pub fn keep_last(&mut self, count: usize) {
        let before = self.points.len().saturating_sub(count);
        self.points.drain(..before);
    }

    /// Returns the numbers, oldest first.
    pub fn values(&self) -> Vec<i64> {
        self.points.iter().filter_map(|point| point.value).collect()
    }

    /// Returns how many times it was rated.
    pub fn rated(&self) -> usize {
        self.points
            .iter()
            .filter(|point| point.value.is_some())
            .count()
    }

    /// Returns how many times the person chose not to say.
    pub fn left_out(&self) -> usize {
        self.points.len() - self.rated()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    /// A measure from 1 to 7, with a rating a week.
    pub(in crate::progress) fn weekly(values: &[Option<i64>]) -> Measure {
        let ratings = values
            .iter()
            .zip(0..)
            .map(|(value, week)| rating(7 * week, "open", *value));
        let mut all = Measure::collect(ratings.collect(), &mut |_| Some(scale(None)));
        all.pop().unwrap()
    }

    fn rating(days: i64, step: &str, value: Option<i64>) -> Rating {
        let day = date(2026, 8, 30) + days.days();
        Rating {
            session: format!("{day}-{step}").into(),
            day,
            exercise: "check-in".into(),
            title: "A check-in".into(),
            step: step.into(),
            name: step.to_uppercase().into(),
            by: None,
            value,
        }
    }

    fn scale(measure: Option<&str>) -> MeasureScale {
        MeasureScale {
            from: 1,
            to: 7,
            low: Some(String::from("held back")),
            high: Some(String::from("told it first")),
            measure: measure.map(String::from),
            up_is_better: None,
        }
    }

    #[test]
    fn ratings_of_a_step_are_one_measure_and_what_was_not_said_is_a_gap() {
        let measure = weekly(&[Some(3), None, Some(4)]);
        assert_eq!(measure.id, "check-in/open");
        assert_eq!((measure.rated(), measure.left_out()), (2, 1));
        assert_eq!(measure.values(), [3, 4]);
        assert!(measure.points.is_sorted_by_key(|point| point.day));
        assert_eq!(
            Measure::collect(vec![rating(0, "open", None)], &mut |_| None),
            []
        );
    }

    #[test]
    fn a_name_that_authors_gave_joins_steps_and_the_last_of_a_day_counts() {
        let ratings = vec![
            rating(0, "frank", Some(2)),
            rating(7, "open", Some(5)),
            Rating {
                session: "2026-09-06-z".into(),
                ..rating(7, "open", Some(6))
            },
        ];
        let all = Measure::collect(ratings, &mut |_| Some(scale(Some("openness"))));
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].id.as_str(), all[0].name.as_str()),
            ("openness", "OPEN")
        );
        assert_eq!(all[0].values(), [2, 6]);
    }

    #[test]
    fn of_two_people_each_has_their_own() {
        let of = |by: Partner, value: i64| Rating {
            by: Some(by),
            ..rating(0, "open", Some(value))
        };
        let ratings = vec![of(Partner::A, 2), of(Partner::B, 6)];
        let all = Measure::collect(ratings, &mut |_| Some(scale(Some("openness"))));
        let values = |by| {
            let mut theirs = all.iter().filter(|measure| measure.by == Some(by));
            theirs.next().map(Measure::values)
        };
        assert_eq!(all.len(), 2);
        assert_eq!(Partner::PAIR.map(values), [Some(vec![2]), Some(vec![6])]);
    }

    #[test]
    fn a_day_that_was_edited_by_hand_is_where_it_says() {
        let edited = Rating {
            session: "1999-01-01-x".into(),
            ..rating(14, "open", Some(6))
        };
        let ratings = vec![
            edited,
            rating(0, "open", Some(2)),
            rating(7, "open", Some(5)),
        ];
        let all = Measure::collect(ratings, &mut |_| None);
        assert_eq!(all[0].values(), [2, 5, 6]);
    }

    #[test]
    fn another_scale_is_counted_apart_and_without_an_exercise_the_numbers_are_the_scale() {
        let ratings = vec![rating(0, "open", Some(9)), rating(7, "open", Some(5))];
        let all = Measure::collect(ratings.clone(), &mut |_| Some(scale(None)));
        assert_eq!((all[0].values(), all[0].other_scale), (vec![5], 1));
        let all = Measure::collect(ratings, &mut |_| None);
        assert_eq!((all[0].scale.from, all[0].scale.to), (5, 9));
    }
}
