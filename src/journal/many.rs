//! Many sessions, each looked at once, by as many threads as the machine has processors.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use super::error::StoreError;
use crate::session::SessionId;

/// What comes out of a list of names.
type NameResult = Result<SessionId, StoreError>;

/// How many names a thread takes at once.
const BATCH: usize = 64;

/// How many batches may be under way or wait for their turn: what bounds the memory.
const AHEAD: usize = 16;

/// How many threads are of use.
const MOST: usize = 16;

/// Does `work` for every name and hands what came of it to `take`, in the order of the names, until
/// that has enough. `work` is also given a buffer to read into, which is used again and again. With
/// `alone` nothing is done before it is needed: for a few of many.
pub fn each<T: Send>(
    names: impl Iterator<Item = NameResult> + Send,
    alone: bool,
    work: impl Fn(NameResult, &mut Vec<u8>) -> T + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) {
    let threads = if alone {
        1
    } else {
        thread::available_parallelism().map_or(1, |count| count.get().min(MOST))
    };
    if threads == 1 {
        let mut buffer = Vec::new();
        for name in names {
            if take(work(name, &mut buffer)).is_break() {
                return;
            }
        }
        return;
    }
    let queue = Queue::new(names);
    let (send, receive) = sync_channel(threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, queue, work) = (send.clone(), &queue, &work);
            scope.spawn(move || {
                let mut buffer = Vec::new();
                while let Some((number, batch)) = queue.next() {
                    let done = batch.into_iter().map(|name| work(name, &mut buffer));
                    if send.send((number, done.collect::<Vec<_>>())).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let (mut waiting, mut turn) = (BTreeMap::new(), 0);
        for (number, done) in receive {
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&turn) {
                turn += 1;
                queue.is_taken(turn);
                if done.into_iter().any(|one| take(one).is_break()) {
                    queue.stop();
                    return;
                }
            }
        }
    });
}

/// The names that no thread has yet.
struct Queue<I> {
    state: Mutex<QueueState<I>>,
    turn: Condvar,
}

struct QueueState<I> {
    names: I,
    /// The number of the next batch.
    next: usize,
    /// How many batches have been taken, in order.
    taken: usize,
    over: bool,
}

impl<I: Iterator<Item = NameResult>> Queue<I> {
    fn new(names: I) -> Self {
        let state = QueueState {
            names,
            next: 0,
            taken: 0,
            over: false,
        };
        Self {
            state: Mutex::new(state),
            turn: Condvar::new(),
        }
    }

    /// The next batch with its number, once it is not too far ahead.
    fn next(&self) -> Option<(usize, Vec<NameResult>)> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let too_far = |state: &mut QueueState<I>| !state.over && state.next >= state.taken + AHEAD;
        let woken = self.turn.wait_while(state, too_far);
        let mut state = woken.unwrap_or_else(PoisonError::into_inner);
        if state.over {
            return None;
        }
        let batch: Vec<NameResult> = state.names.by_ref().take(BATCH).collect();
        state.over = batch.len() < BATCH;
        let number = state.next;
        state.next += 1;
        if state.over {
            self.turn.notify_all();
        }
        (!batch.is_empty()).then_some((number, batch))
    }

    fn is_taken(&self, count: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.taken = count;
        self.turn.notify_all();
    }

    fn stop(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.over = true;
        self.turn.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> impl Iterator<Item = NameResult> + Send {
        (0..count).map(|number| Ok(number.to_string()))
    }

    #[test]
    fn all_come_in_order_whoever_did_the_work() {
        for count in [0, 1, BATCH, BATCH + 1, 5000] {
            for alone in [true, false] {
                let mut seen = Vec::new();
                let take = |id| {
                    seen.push(id);
                    ControlFlow::Continue(())
                };
                each(names(count), alone, |name, _| name.unwrap(), take);
                let wanted: Vec<String> = (0..count).map(|number| number.to_string()).collect();
                assert_eq!(seen, wanted, "{count} {alone}");
            }
        }
    }

    #[test]
    fn it_stops_when_enough_is_taken_and_is_never_far_ahead() {
        let asked = Mutex::new(0);
        let counted = names(usize::MAX).inspect(|_| *asked.lock().unwrap() += 1);
        let mut left = 3;
        let take = |_| {
            left -= 1;
            if left == 0 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        each(counted, false, |name, _| name.is_ok(), take);
        assert!(asked.into_inner().unwrap() <= (AHEAD + 1) * BATCH);
    }

    #[test]
    fn alone_nothing_is_done_before_it_is_needed() {
        let mut asked = 0;
        let counted = names(1000).inspect(|_| asked += 1);
        each(
            counted,
            true,
            |name, _| name.is_ok(),
            |_| ControlFlow::Break(()),
        );
        assert_eq!(asked, 1);
    }
}
