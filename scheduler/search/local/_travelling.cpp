// Local search for programmes that travel: the hot loop of travelling.py. What the arrays mean is said in arrays/.
//
// A schedule is a cell (a start in a place) for each meeting, with whom its parties send and which interpreter
// works. Every body (a person or an interpreter) has a timeline, kept in the order of time. What a rule says of
// a timeline, and what the objective charges for it, is said of neighbours, so an insertion or a removal is
// judged by the two neighbours alone. A move takes meetings out and puts them in elsewhere, evicts what is in the way and
// looks for new places for that; simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983) decides whether it stays,
// and ruin and recreate (Shaw, CP 1998) shakes whole neighbourhoods.

#include <Python.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kNone = -1;
constexpr int kMaxLevels = 8;
constexpr int kMaxChoices = 4;  // of a meeting
constexpr int kSizes = 9;
constexpr int kNever = std::numeric_limits<int>::max();
constexpr int kLongest = kNever / 2;  // minutes: of two such the sum is still a number

// ---- random numbers: splitmix64 seeds xoshiro256** (Blackman and Vigna, 2018) ------------------------------

struct Random {
  uint64_t s[4];
  explicit Random(uint64_t seed) {
    for (auto& word : s) {
      seed += 0x9e3779b97f4a7c15ULL;
      uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31);
    }
  }
  uint64_t next() {
    auto rotl = [](uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    const uint64_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
  }
  int below(int n) { return static_cast<int>(((next() >> 32) * static_cast<uint64_t>(n)) >> 32); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
};

// ---- lists of lists ----------------------------------------------------------------------------------------

struct Lists {
  std::vector<int> first, items;
  struct Range {
    const int *b, *e;
    const int* begin() const { return b; }
    const int* end() const { return e; }
    int size() const { return static_cast<int>(e - b); }
    int operator[](int i) const { return b[i]; }
  };
  Range operator[](int i) const { return {items.data() + first[i], items.data() + first[i + 1]}; }
};

// ---- what the search is given ------------------------------------------------------------------------------

struct Data {
  int tick, span_programme, tolerance, n_ticks, n_days, n_cities, n_levels, granted_percent, most_breaks;
  std::vector<int> cell_place, cell_start, cell_day, place_city, place_capacity;
  std::vector<int> walk;      // [place][place] minutes
  std::vector<int> arrival;   // [city][city][tick] minute of being ready, kNever without a way
  std::vector<int> body_counted, body_languages_low, body_load;
  std::vector<int> load_daily, load_row, load_rest, load_meal;
  std::vector<int> meal_start, meal_end;  // [load][city][day], -1 where there is none
  std::vector<int> fixed_body, fixed_start, fixed_end, fixed_place, fixed_day;
  std::vector<int> blocked_body, blocked_start, blocked_end;
  std::vector<int> duration, worth, mandatory, cells_of, costs_of;
  Lists takers, choices, candidates, candidate_masks, resources, parties, party_choice, party_languages;
  Lists classes;              // admissible cells of each class, by time
  std::vector<int> masks;     // [mask][cell words] of availability
  int mask_words;
  std::vector<int> resource_capacity, party_need;
  std::vector<int> costs;     // [cost class][level][cell]
  std::vector<int> pool_languages, pool_city;
  Lists pool_units, pool_masks;  // of pool: its bodies; (duration index -> mask)
  std::vector<int> duration_index;
  std::vector<int> order_before, order_after, order_least, order_most;
  std::vector<int> relation_a, relation_b, relation_same;
  // weights of the counted terms per level
  std::vector<int> w_requests, w_breaks, w_idle, w_city, w_room, w_few;
  std::vector<int> quota_least, quota_most;  // meetings in all; most kNone: no limit
  std::vector<int> body_quota;               // of a person who is asked for by name, kNone: none
  Lists quotas;                              // of a meeting: whose number it counts for, whoever is sent
  Lists apart;                               // of a meeting: two bodies each that are never both sent

  int tasks() const { return static_cast<int>(duration.size()); }
  int cells() const { return static_cast<int>(cell_place.size()); }
  int bodies() const { return static_cast<int>(body_counted.size()); }
  int places() const { return static_cast<int>(place_city.size()); }
  int mask_count() const { return static_cast<int>(masks.size() / static_cast<size_t>(mask_words)); }
  bool in_mask(int mask, int cell) const {
    return (static_cast<uint32_t>(masks[static_cast<size_t>(mask) * mask_words + (cell >> 5)]) >> (cell & 31)) & 1u;
  }
};

struct Engagement {
  int start, end, place, day, task;  // task kNone: fixed
};

// What is counted of a schedule; every entry of the objective is a sum of these.
struct Counts {
  int64_t hard = 0, requests = 0, breaks = 0, idle = 0, city = 0, room = 0, few = 0;
  int64_t options[kMaxLevels] = {0};
  void add(const Counts& o, int sign) {
    hard += sign * o.hard;
    requests += sign * o.requests;
    breaks += sign * o.breaks;
    idle += sign * o.idle;
    city += sign * o.city;
    room += sign * o.room;
    few += sign * o.few;
    for (int l = 0; l < kMaxLevels; ++l) options[l] += sign * o.options[l];
  }
};

struct Seat {  // where a task is
  int cell = kNone, interpreter = kNone;
};

struct Undo {
  int task;
  Seat seat;
  int first;  // of its chosen bodies in the journal's list
};

class Search {
 public:
  Search(Data data, uint64_t seed) : d(std::move(data)), rng(seed) { prepare(); }

  Data d;
  Random rng;
  std::atomic<bool> stop{false};
  std::atomic<bool> at_work{false};  // in one of the threads: then nobody else may look
  Counts now;
  std::vector<Seat> seat, best_seat;
  std::vector<int> chosen, best_chosen;  // [choice] body
  std::vector<int64_t> best_value;       // hard, then the levels; empty: none yet
  int64_t moves = 0;

  // The days and tasks that this worker may touch (for several workers side by side).
  std::vector<char> day_open, task_open;

  std::vector<int64_t> value() const {
    std::vector<int64_t> v{now.hard};
    for (int l = 0; l < d.n_levels; ++l)
      v.push_back(d.w_requests[l] * now.requests + d.w_breaks[l] * now.breaks + d.w_idle[l] * now.idle +
                  d.w_city[l] * now.city + d.w_room[l] * now.room + d.w_few[l] * now.few + now.options[l]);
    return v;
  }

  void construct() {
    set_weights(d.n_levels > 0 ? 0 : kNone);
    std::vector<int> order(d.tasks());
    std::vector<double> rank(d.tasks());
    for (int t = 0; t < d.tasks(); ++t) {
      order[t] = t;
      int load = 0;
      for (int b : d.takers[t]) load = std::max(load, demand[b]);
      const int cells = d.classes[d.cells_of[t]].size();
      rank[t] = (d.mandatory[t] ? 1e9 : 0.0) + d.worth[t] * 1e4 + 10.0 * load - cells + rng.unit();
    }
    std::sort(order.begin(), order.end(), [&](int a, int b) { return rank[a] > rank[b]; });
    for (int t : order)
      if (seat[t].cell == kNone && task_open[t]) insert_best(t);
    keep_best();
  }

  // Replace the whole schedule; what does not fit stays out.
  void load(const std::vector<int>& cells, const std::vector<int>& who, const std::vector<int>& interpreters) {
    for (int t = 0; t < d.tasks(); ++t)
      if (seat[t].cell != kNone) take_out(t);
    std::vector<int> out;
    for (int t = 0; t < d.tasks(); ++t) {
      if (cells[t] == kNone) continue;
      if (!put_exactly(t, cells[t], who, interpreters[t])) out.push_back(t);
    }
    for (int t : out) insert_best(t);
    best_value.clear();
    keep_best();
  }

  // Anneal one level for a share of time: levels before it may not get worse, later ones count a little.
  void anneal(int level, double seconds, int64_t most_moves, double hot, double cold) {
    set_weights(level);
    if (open_tasks.empty()) return;
    const auto began = Clock::now();
    double done = 0, temperature = hot;
    const int64_t first = moves;
    while (!stop.load(std::memory_order_relaxed)) {
      if (((moves - first) & 127) == 0) {
        done = most_moves > 0
                   ? static_cast<double>(moves - first) / static_cast<double>(most_moves)
                   : std::chrono::duration<double>(Clock::now() - began).count() / seconds;
        if (done >= 1) break;
        temperature = hot * std::pow(cold / hot, done);
        if (((moves - first) & 1023) == 0) keep_best();
      }
      if (level < 0 && now.hard == 0) break;
      ++moves;
      move(temperature);
    }
    keep_best();
  }

  void open(const std::vector<int>& days, const std::vector<int>& tasks) {
    for (int day = 0; day < d.n_days; ++day) day_open[day] = days[day] != 0;
    open_tasks.clear();
    for (int t = 0; t < d.tasks(); ++t) {
      task_open[t] = tasks[t] != 0;
      if (task_open[t]) open_tasks.push_back(t);
    }
  }

  void keep_best() {
    auto v = value();
    if (best_value.empty() || v < best_value) {
      best_value = std::move(v);
      best_seat = seat;
      best_chosen = chosen;
    }
  }

  void back_to_best() {
    if (best_value.empty()) return;
    std::vector<int> cells, interpreters;
    for (const auto& s : best_seat) {
      cells.push_back(s.cell);
      interpreters.push_back(s.interpreter);
    }
    auto who = best_chosen;
    load(cells, who, interpreters);
  }

 private:
  std::vector<std::vector<Engagement>> line;  // per body
  std::vector<uint64_t> busy;                 // [body][tick words]
  int words = 0;
  std::vector<uint16_t> seated;    // [place][tick] meetings running
  std::vector<uint16_t> running;   // [resource][tick]
  std::vector<std::vector<int>> at_cell;
  std::vector<int> position;       // of a task in its cell's list
  std::vector<std::vector<int>> cells_at;  // of a place, by start
  std::vector<int> party_placed, demand, day_breaks_over;
  std::vector<int> held;                    // of a quota: meetings placed
  std::vector<std::vector<int>> counting;   // of a quota: the meetings that count for it whoever is sent
  std::vector<std::vector<int>> orders_of, relations_of;
  std::vector<int> body_breaks;
  std::vector<int> open_tasks, unplaced_at;
  std::vector<int> unplaced[2];  // optional, mandatory
  std::vector<Undo> journal;
  std::vector<int> journal_chosen;
  std::vector<int> evicted, pending, sites;
  std::vector<uint64_t> together;
  int longest = 0;
  double weight_hard = 0, weight_req = 0, weight_breaks = 0, weight_idle = 0, weight_city = 0, weight_room = 0, weight_few = 0;
  double weight_options[kMaxLevels] = {0};
  int forced = 0, scans = 0;  // percent

  void prepare() {
    const int n = d.tasks();
    seat.resize(n);
    chosen.assign(d.choices.items.size(), kNone);
    line.resize(d.bodies());
    words = (d.n_ticks + 63) / 64;
    busy.assign(static_cast<size_t>(d.bodies()) * words, 0);
    together.assign(words, 0);
    seated.assign(static_cast<size_t>(d.places()) * d.n_ticks, 0);
    running.assign(d.resource_capacity.size() * static_cast<size_t>(d.n_ticks), 0);
    at_cell.resize(d.cells());
    position.assign(n, kNone);
    cells_at.resize(d.places());
    for (int c = 0; c < d.cells(); ++c) cells_at[d.cell_place[c]].push_back(c);
    for (auto& list : cells_at)
      std::sort(list.begin(), list.end(), [&](int a, int b) { return d.cell_start[a] < d.cell_start[b]; });
    party_placed.assign(d.party_need.size(), 0);
    body_breaks.assign(d.bodies(), 0);
    demand.assign(d.bodies(), 0);
    orders_of.resize(n);
    relations_of.resize(n);
    for (size_t k = 0; k < d.order_before.size(); ++k) {
      orders_of[d.order_before[k]].push_back(static_cast<int>(k));
      orders_of[d.order_after[k]].push_back(static_cast<int>(k));
    }
    for (size_t k = 0; k < d.relation_a.size(); ++k) {
      relations_of[d.relation_a[k]].push_back(static_cast<int>(k));
      relations_of[d.relation_b[k]].push_back(static_cast<int>(k));
    }
    for (size_t k = 0; k < d.fixed_body.size(); ++k) {
      const Engagement e{d.fixed_start[k], d.fixed_end[k], d.fixed_place[k], d.fixed_day[k], kNone};
      Counts delta;
      charge(d.fixed_body[k], e, delta);
      count_breaks(d.fixed_body[k], static_cast<int>(delta.breaks), delta);
      now.add(delta, 1);
      add(d.fixed_body[k], e);
      mark(d.fixed_body[k], e.start, e.end, true);
    }
    for (size_t k = 0; k < d.blocked_body.size(); ++k)
      mark(d.blocked_body[k], d.blocked_start[k], d.blocked_end[k], true);
    unplaced_at.assign(n, kNone);
    for (int t = 0; t < n; ++t) {
      longest = std::max(longest, d.duration[t]);
      for (int b : d.takers[t]) ++demand[b];
      now.requests += d.mandatory[t] ? 0 : d.worth[t];
      now.hard += d.mandatory[t] ? 1 : 0;
      add_unplaced(t);
    }
    for (int need : d.party_need) now.hard += need;
    for (int least : d.quota_least) now.few += least;
    held.assign(d.quota_most.size(), 0);
    counting.resize(d.quota_most.size());
    for (int t = 0; t < n; ++t)
      for (int q : d.quotas[t]) counting[q].push_back(t);
    day_open.assign(d.n_days, 1);
    task_open.assign(n, 1);
    for (int t = 0; t < n; ++t) open_tasks.push_back(t);
  }

  void add_unplaced(int t) {
    auto& pool = unplaced[d.mandatory[t]];
    unplaced_at[t] = static_cast<int>(pool.size());
    pool.push_back(t);
  }
  void drop_unplaced(int t) {
    auto& pool = unplaced[d.mandatory[t]];
    const int at = unplaced_at[t], last = pool.back();
    pool[at] = last;
    unplaced_at[last] = at;
    pool.pop_back();
    unplaced_at[t] = kNone;
  }

  // ---- weights ---------------------------------------------------------------------------------------------

  void set_weights(int level) {
    weight_req = weight_breaks = weight_idle = weight_city = weight_room = weight_few = 0;
    for (double& w : weight_options) w = 0;
    for (int l = 0; l < d.n_levels; ++l) {
      const double w = l <= level ? std::pow(1000.0, level - l) : std::pow(0.02, l - level);
      weight_req += w * d.w_requests[l];
      weight_breaks += w * d.w_breaks[l];
      weight_idle += w * d.w_idle[l];
      weight_city += w * d.w_city[l];
      weight_room += w * d.w_room[l];
      weight_few += w * d.w_few[l];
      weight_options[l] = w;
    }
    weight_hard = std::pow(1000.0, level + 2);
    // While requests count, most moves make place for one; afterwards a look at all places is rarely worth it.
    const bool granting = level < 0 || d.w_requests[level] > 0;
    forced = granting ? 55 : 15;
    scans = granting ? 10 : 0;
  }

  double weigh(const Counts& c) const {
    double total = weight_hard * c.hard + weight_req * c.requests + weight_breaks * c.breaks + weight_idle * c.idle +
                   weight_city * c.city + weight_room * c.room + weight_few * c.few;
    for (int l = 0; l < d.n_levels; ++l) total += weight_options[l] * c.options[l];
    return total;
  }

  // ---- timelines -------------------------------------------------------------------------------------------

  void mark(int body, int start, int end, bool on) {
    uint64_t* bits = &busy[static_cast<size_t>(body) * words];
    const int first = std::max(0, start / d.tick), last = std::min(d.n_ticks, (end + d.tick - 1) / d.tick);
    for (int k = first; k < last; ++k) {
      if (on)
        bits[k >> 6] |= 1ULL << (k & 63);
      else
        bits[k >> 6] &= ~(1ULL << (k & 63));
    }
  }

  static bool free_in(const uint64_t* bits, int first, int last) {
    for (int k = first; k < last; ++k)
      if ((bits[k >> 6] >> (k & 63)) & 1) return false;
    return true;
  }

  int index_of(int body, int start) const {  // the first engagement that starts at or after
    const auto& own = line[body];
    int i = static_cast<int>(own.size());
    while (i > 0 && own[i - 1].start >= start) --i;
    return i;
  }

  void add(int body, const Engagement& e) {
    auto& own = line[body];
    own.insert(own.begin() + index_of(body, e.start), e);
  }

  // Whether one can be at the second engagement after the first.
  bool reaches(const Engagement& a, const Engagement& b) const {
    if (a.place == b.place) return a.end <= b.start;
    const int here = d.place_city[a.place], there = d.place_city[b.place];
    if (here == there) return a.end + d.walk[a.place * d.places() + b.place] <= b.start;
    const int k = (a.end + d.tick - 1) / d.tick;
    if (k >= d.n_ticks) return false;
    return d.arrival[(static_cast<size_t>(here) * d.n_cities + there) * d.n_ticks + k] <= b.start;
  }

  void pair(const Engagement& a, const Engagement& b, int sign, Counts& out) const {
    const bool same_day = a.day == b.day;
    if (same_day || d.span_programme) {
      const int gap = b.start - a.end;
      if (gap > d.tolerance) {
        out.breaks += sign;
        out.idle += sign * gap;
      }
    }
    out.city += sign * (d.place_city[a.place] != d.place_city[b.place]);
    if (same_day) out.room += sign * (a.place != b.place);
  }

  // What an engagement that is not there yet adds to its body's timeline.
  void charge(int body, const Engagement& e, Counts& out) const {
    if (!d.body_counted[body]) return;
    const auto& own = line[body];
    const int i = index_of(body, e.start);
    if (i > 0) pair(own[i - 1], e, 1, out);
    if (i < static_cast<int>(own.size())) pair(e, own[i], 1, out);
    if (i > 0 && i < static_cast<int>(own.size())) pair(own[i - 1], own[i], -1, out);
  }

  bool fits(int body, const Engagement& e) const {
    const auto& own = line[body];
    const int i = index_of(body, e.start), size = static_cast<int>(own.size());
    if (i > 0 && !reaches(own[i - 1], e)) return false;
    if (i < size && !reaches(e, own[i])) return false;
    const int load = d.body_load[body];
    return load == kNone || bears(own, i, e, load);
  }

  bool bears(const std::vector<Engagement>& own, int i, const Engagement& e, int load) const {
    const int size = static_cast<int>(own.size());
    if (d.load_daily[load] >= 0) {
      int meetings = 1;
      for (int k = i - 1; k >= 0 && own[k].day >= e.day; --k) meetings += own[k].day == e.day && own[k].task != kNone;
      for (int k = i; k < size && own[k].day <= e.day; ++k) meetings += own[k].day == e.day && own[k].task != kNone;
      if (meetings > d.load_daily[load]) return false;
    }
    if (d.load_row[load] >= 0) {
      int row = 1, from = e.start, to = e.end;
      for (int k = i - 1; k >= 0 && from - own[k].end < d.load_rest[load]; --k) ++row, from = own[k].start;
      for (int k = i; k < size && own[k].start - to < d.load_rest[load]; ++k) ++row, to = own[k].end;
      if (row > d.load_row[load]) return false;
    }
    return d.load_meal[load] < 0 || eats(own, i, e, load);
  }

  bool eats(const std::vector<Engagement>& own, int i, const Engagement& e, int load) const {
    const int size = static_cast<int>(own.size());
    int first = i, last = i;  // the engagements of that day and of its eve and morrow near it
    while (first > 0 && own[first - 1].day >= e.day) --first;
    while (last < size && own[last].day <= e.day) ++last;
    auto at = [&](int k) -> const Engagement& { return k < i ? own[k] : k == i ? e : own[k - 1]; };
    for (int k = first; k <= last; ++k) {
      const Engagement& x = at(k);
      const size_t window = (static_cast<size_t>(load) * d.n_cities + d.place_city[x.place]) * d.n_days + x.day;
      const int from = d.meal_start[window], to = d.meal_end[window];
      if (from < 0 || x.start >= to || x.end <= from) continue;
      int free_from = from, longest_free = 0;
      for (int j = first; j <= last; ++j) {
        const Engagement& y = at(j);
        if (y.start >= to || y.end <= from) continue;
        longest_free = std::max(longest_free, y.start - free_from);
        free_from = std::max(free_from, y.end);
      }
      longest_free = std::max(longest_free, to - free_from);
      if (longest_free < d.load_meal[load]) return false;
    }
    return true;
  }

  // ---- a task at a cell ------------------------------------------------------------------------------------

  Engagement engagement(int t, int c) const {
    return {d.cell_start[c], d.cell_start[c] + d.duration[t], d.cell_place[c], d.cell_day[c], t};
  }

  bool has_room(int t, int c) const {
    const int place = d.cell_place[c], first = d.cell_start[c] / d.tick;
    const int last = (d.cell_start[c] + d.duration[t]) / d.tick;
    const uint16_t* use = &seated[static_cast<size_t>(place) * d.n_ticks];
    for (int k = first; k < last; ++k)
      if (use[k] >= d.place_capacity[place]) return false;
    for (int r : d.resources[t]) {
      const uint16_t* in_use = &running[static_cast<size_t>(r) * d.n_ticks];
      for (int k = first; k < last; ++k)
        if (in_use[k] >= d.resource_capacity[r]) return false;
    }
    return true;
  }

  bool keeps_orders(int t, int c) const {
    const int start = d.cell_start[c], end = start + d.duration[t];
    for (int k : orders_of[t]) {
      const int before = d.order_before[k], after = d.order_after[k];
      const int other = before == t ? after : before;
      if (other == t || seat[other].cell == kNone) continue;
      const int from = d.cell_start[seat[other].cell], to = from + d.duration[other];
      const int gap = before == t ? from - end : start - to;
      if (gap < d.order_least[k] || gap > d.order_most[k]) return false;
    }
    for (int k : relations_of[t]) {
      const int other = d.relation_a[k] == t ? d.relation_b[k] : d.relation_a[k];
      if (seat[other].cell == kNone) continue;
      if ((d.cell_day[seat[other].cell] == d.cell_day[c]) != (d.relation_same[k] != 0)) return false;
    }
    return true;
  }

  bool free_at(int body, const Engagement& e) const {
    return free_in(&busy[static_cast<size_t>(body) * words], e.start / d.tick, (e.end + d.tick - 1) / d.tick);
  }

  // ---- numbers of meetings ---------------------------------------------------------------------------------

  bool may_hold(int q) const { return d.quota_most[q] == kNone || held[q] < d.quota_most[q]; }

  bool may_hold_all(int t) const {
    for (int q : d.quotas[t])
      if (!may_hold(q)) return false;
    return true;
  }

  // The number that a meeting counts for only when this body is sent.
  int quota_of(int t, int body) const {
    const int q = d.body_quota[body];
    for (int sure : d.quotas[t])
      if (sure == q) return kNone;
    return q;
  }

  bool can_be_sent(int t, int body, const int* who, int sent) const {
    const int q = quota_of(t, body);
    if (q != kNone && !may_hold(q)) return false;
    const auto apart = d.apart[t];
    for (int k = 0; k + 1 < apart.size(); k += 2)
      for (int j = 0; j < sent; ++j)
        if ((apart[k] == body && apart[k + 1] == who[j]) || (apart[k] == who[j] && apart[k + 1] == body)) return false;
    return true;
  }

  void count_held(int q, int by) {
    if (by < 0) --held[q];
    if (held[q] < d.quota_least[q]) now.few -= by;
    if (by > 0) ++held[q];
  }

  struct Way {  // a way to hold a task at a cell
    int cell = kNone, interpreter = kNone;
    int who[kMaxChoices] = {kNone, kNone, kNone, kNone};
    double cost = 0;
  };

  // Choose attendees and an interpreter; false if the rules leave nobody. Adds the cost.
  bool choose(int t, int c, Way& way, Counts& cost) const {
    const Engagement e = engagement(t, c);
    const auto choices = d.choices[t];
    for (int k = 0; k < choices.size(); ++k) {
      const int choice = choices[k];
      const auto bodies = d.candidates[choice];
      const auto masks = d.candidate_masks[choice];
      int best = kNone;
      double least = 0;
      Counts best_cost;
      for (int j = 0; j < bodies.size(); ++j) {
        const int b = bodies[j];
        if (!d.in_mask(masks[j], c) || !can_be_sent(t, b, way.who, k) || !free_at(b, e) || !fits(b, e)) continue;
        Counts mine;
        charge(b, e, mine);
        const int q = quota_of(t, b);
        if (q != kNone && held[q] < d.quota_least[q]) mine.few -= 1;
        const double w = weigh(mine);
        if (best == kNone || w < least) best = b, least = w, best_cost = mine;
      }
      if (best == kNone) return false;
      way.who[k] = best;
      cost.add(best_cost, 1);
    }
    return interpret(t, c, e, way);
  }

  bool interpret(int t, int c, const Engagement& e, Way& way) const {
    if (!needs_interpreter(t, way)) return true;
    for (int pool = 0; pool < static_cast<int>(d.pool_city.size()); ++pool) {
      if (!serves(pool, t, c, way)) continue;
      for (int unit : d.pool_units[pool])
        if (free_at(unit, e) && fits(unit, e)) {
          way.interpreter = unit;
          return true;
        }
    }
    return false;
  }

  int languages_of(int t, int party, const Way& way) const {
    const int choice = d.party_choice[t][party];
    return choice == kNone ? d.party_languages[t][party] : d.body_languages_low[way.who[choice]];
  }

  bool needs_interpreter(int t, const Way& way) const {
    const int parties = d.party_choice[t].size();
    int common = -1;
    for (int k = 0; k < parties; ++k) {
      const int spoken = languages_of(t, k, way);
      if (spoken == 0) return false;
      common &= spoken;
    }
    return common == 0;
  }

  bool serves(int pool, int t, int c, const Way& way) const {
    if (d.pool_city[pool] != kNone && d.pool_city[pool] != d.place_city[d.cell_place[c]]) return false;
    const int mask = d.pool_masks[pool][d.duration_index[t]];
    if (mask != kNone && !d.in_mask(mask, c)) return false;
    for (int k = 0; k < d.party_choice[t].size(); ++k)
      if (!(languages_of(t, k, way) & d.pool_languages[pool])) return false;
    return true;
  }

  Counts granting(int t, int c, int sign) const {
    Counts out;
    if (d.mandatory[t])
      out.hard -= sign;
    else
      out.requests -= sign * d.worth[t];
    if (d.costs_of[t] != kNone)
      for (int l = 0; l < d.n_levels; ++l)
        out.options[l] += sign * d.costs[(static_cast<size_t>(d.costs_of[t]) * d.n_levels + l) * d.cells() + c];
    return out;
  }

  // Judge a task at a cell; false where a rule forbids it as the schedule stands.
  bool judge(int t, int c, Way& way) const {
    if (!day_open[d.cell_day[c]] || !may_hold_all(t) || !has_room(t, c) || !keeps_orders(t, c)) return false;
    const Engagement e = engagement(t, c);
    Counts cost;
    for (int q : d.quotas[t]) cost.few -= held[q] < d.quota_least[q];
    for (int b : d.takers[t]) {
      if (!free_at(b, e) || !fits(b, e)) return false;
      charge(b, e, cost);
    }
    if (!choose(t, c, way, cost)) return false;
    if (d.costs_of[t] != kNone)
      for (int l = 0; l < d.n_levels; ++l)
        cost.options[l] += d.costs[(static_cast<size_t>(d.costs_of[t]) * d.n_levels + l) * d.cells() + c];
    way.cell = c;
    way.cost = weigh(cost);
    return true;
  }

  void occupy(int t, int c, int by) {
    const int place = d.cell_place[c], first = d.cell_start[c] / d.tick;
    const int last = (d.cell_start[c] + d.duration[t]) / d.tick;
    for (int k = first; k < last; ++k) seated[static_cast<size_t>(place) * d.n_ticks + k] += by;
    for (int r : d.resources[t])
      for (int k = first; k < last; ++k) running[static_cast<size_t>(r) * d.n_ticks + k] += by;
    for (int p : d.parties[t]) {
      if (by < 0) --party_placed[p];
      if (party_placed[p] < d.party_need[p]) now.hard -= by;
      if (by > 0) ++party_placed[p];
    }
    for (int q : d.quotas[t]) count_held(q, by);
  }

  void send(int t, int body, int by) {
    const int q = quota_of(t, body);
    if (q != kNone) count_held(q, by);
  }

  void join(int b, const Engagement& e) {
    Counts delta;
    charge(b, e, delta);
    count_breaks(b, static_cast<int>(delta.breaks), delta);
    now.add(delta, 1);
    add(b, e);
    mark(b, e.start, e.end, true);
  }

  void leave(int b, const Engagement& e) {
    auto& own = line[b];
    int i = index_of(b, e.start);
    while (own[i].task != e.task) ++i;
    own.erase(own.begin() + i);
    mark(b, e.start, e.end, false);
    Counts delta;
    charge(b, e, delta);
    Counts back;
    back.add(delta, -1);
    count_breaks(b, static_cast<int>(back.breaks), back);
    now.add(back, 1);
  }

  // Breaks beyond the fairness bound are charged as broken rules.
  void count_breaks(int b, int by, Counts& delta) {
    if (d.most_breaks >= 0 && d.body_counted[b]) {
      const int before = std::max(0, body_breaks[b] - d.most_breaks);
      delta.hard += std::max(0, body_breaks[b] + by - d.most_breaks) - before;
    }
    body_breaks[b] += by;
  }

  void put(int t, const Way& way) {
    const Engagement e = engagement(t, way.cell);
    journal.push_back({t, seat[t], static_cast<int>(journal_chosen.size())});
    for (int b : d.takers[t]) join(b, e);
    const auto choices = d.choices[t];
    for (int k = 0; k < choices.size(); ++k) {
      chosen[choices[k]] = way.who[k];
      join(way.who[k], e);
      send(t, way.who[k], 1);
    }
    if (way.interpreter != kNone) join(way.interpreter, e);
    occupy(t, way.cell, 1);
    now.add(granting(t, way.cell, 1), 1);
    seat[t] = {way.cell, way.interpreter};
    position[t] = static_cast<int>(at_cell[way.cell].size());
    at_cell[way.cell].push_back(t);
    drop_unplaced(t);
  }

  void take_out(int t) {
    const int c = seat[t].cell;
    const Engagement e = engagement(t, c);
    journal.push_back({t, seat[t], static_cast<int>(journal_chosen.size())});
    for (int choice : d.choices[t]) journal_chosen.push_back(chosen[choice]);
    for (int b : d.takers[t]) leave(b, e);
    for (int choice : d.choices[t]) {
      leave(chosen[choice], e);
      send(t, chosen[choice], -1);
      chosen[choice] = kNone;
    }
    if (seat[t].interpreter != kNone) leave(seat[t].interpreter, e);
    occupy(t, c, -1);
    now.add(granting(t, c, -1), 1);
    auto& here = at_cell[c];
    here[position[t]] = here.back();
    position[here.back()] = position[t];
    here.pop_back();
    seat[t] = Seat{};
    add_unplaced(t);
  }

  void begin() {
    journal.clear();
    journal_chosen.clear();
  }

  void roll_back() {
    for (int k = static_cast<int>(journal.size()) - 1; k >= 0; --k) {
      const Undo undo = journal[k];
      if (undo.seat.cell == kNone) {
        take_out(undo.task);
      } else {
        Way way;
        way.cell = undo.seat.cell;
        way.interpreter = undo.seat.interpreter;
        for (int j = 0; j < d.choices[undo.task].size(); ++j) way.who[j] = journal_chosen[undo.first + j];
        put(undo.task, way);
      }
    }
    begin();
  }

  bool put_exactly(int t, int c, const std::vector<int>& who, int interpreter) {
    Way way;
    if (!may_hold_all(t) || !has_room(t, c) || !keeps_orders(t, c)) return false;
    const Engagement e = engagement(t, c);
    for (int b : d.takers[t])
      if (!free_at(b, e) || !fits(b, e)) return false;
    const auto choices = d.choices[t];
    for (int k = 0; k < choices.size(); ++k) {
      const int b = who[choices[k]];
      if (b == kNone || !can_be_sent(t, b, way.who, k) || !free_at(b, e) || !fits(b, e)) return false;
      way.who[k] = b;
    }
    if (interpreter != kNone && (!free_at(interpreter, e) || !fits(interpreter, e))) return false;
    way.cell = c;
    way.interpreter = interpreter;
    put(t, way);
    begin();
    return true;
  }

  // The cheapest cell that the rules leave a task, ties broken by chance.
  bool insert_best(int t, int avoid = kNone) {
    for (int w = 0; w < words; ++w) together[w] = 0;
    for (int b : d.takers[t])
      for (int w = 0; w < words; ++w) together[w] |= busy[static_cast<size_t>(b) * words + w];
    const auto cells = d.classes[d.cells_of[t]];
    Way best;
    const int n = cells.size();
    if (n == 0) return false;
    const int shift = rng.below(n);
    for (int j = 0; j < n; ++j) {
      const int c = cells[j + shift < n ? j + shift : j + shift - n];
      const int first = d.cell_start[c] / d.tick, last = (d.cell_start[c] + d.duration[t]) / d.tick;
      if (c == avoid || !free_in(together.data(), first, last)) continue;
      Way way;
      if (judge(t, c, way) && (best.cell == kNone || way.cost < best.cost - 1e-9)) best = way;
    }
    if (best.cell == kNone) return false;
    put(t, best);
    return true;
  }

  // The cheapest of a few cells drawn by chance.
  bool insert_somewhere(int t, int draws) {
    const auto cells = d.classes[d.cells_of[t]];
    const int n = cells.size();
    if (n <= draws) return insert_best(t);
    Way best;
    for (int j = 0; j < draws; ++j) {
      Way way;
      if (judge(t, cells[rng.below(n)], way) && (best.cell == kNone || way.cost < best.cost - 1e-9)) best = way;
    }
    if (best.cell == kNone) return false;
    put(t, best);
    return true;
  }

  bool resettle(int t) { return rng.below(100) < scans ? insert_best(t) : insert_somewhere(t, kDraws); }

  static constexpr int kDraws = 16;

  // ---- moves -----------------------------------------------------------------------------------------------

  void move(double temperature) {
    begin();
    const Counts before = now;
    const int kind = rng.below(100);
    bool done;
    if (kind < forced && !(unplaced[0].empty() && unplaced[1].empty()))
      done = force(pick_unplaced());
    else if (kind < (97 + forced) / 2)
      done = relocate();
    else if (kind < 97)
      done = kempe();
    else
      done = ruin();
    if (!done) {
      roll_back();
      return;
    }
    Counts delta = now;
    delta.add(before, -1);
    const double change = weigh(delta);
    if (change > 0 && rng.unit() >= std::exp(-change / temperature)) roll_back();
  }

  int pick_unplaced() {  // what must be placed first
    const auto& pool = unplaced[unplaced[1].empty() ? 0 : 1];
    for (int tries = 0; tries < 8; ++tries) {
      const int t = pool[rng.below(static_cast<int>(pool.size()))];
      if (task_open[t]) return t;
    }
    return kNone;
  }

  int random_cell(int t) {
    const auto cells = d.classes[d.cells_of[t]];
    if (cells.size() == 0) return kNone;
    for (int tries = 0; tries < 6; ++tries) {
      const int c = cells[rng.below(cells.size())];
      if (day_open[d.cell_day[c]]) return c;
    }
    return kNone;
  }

  // A cell beside one of the engagements of somebody who takes part: where no break would be added.
  int cell_beside(int t) {
    const auto takers = d.takers[t];
    const auto choices = d.choices[t];
    const int n = takers.size() + choices.size();
    if (n == 0) return random_cell(t);
    const int k = rng.below(n);
    int b;
    if (k < takers.size()) {
      b = takers[k];
    } else {
      const auto candidates = d.candidates[choices[k - takers.size()]];
      if (candidates.size() == 0) return kNone;
      b = candidates[rng.below(candidates.size())];
    }
    const auto& own = line[b];
    if (own.empty()) return random_cell(t);
    const Engagement& e = own[rng.below(static_cast<int>(own.size()))];
    const int start = rng.below(2) ? e.end : e.start - d.duration[t];
    const auto cells = d.classes[d.cells_of[t]];
    const int* found = std::lower_bound(cells.begin(), cells.end(), start,
                                        [&](int c, int s) { return d.cell_start[c] < s; });
    int alike = 0;
    while (found + alike != cells.end() && d.cell_start[found[alike]] == start) ++alike;
    if (alike == 0) return kNone;
    int c = found[rng.below(alike)];
    for (int j = 0; j < alike; ++j)  // rather in the same place
      if (d.cell_place[found[j]] == e.place) c = found[j];
    return day_open[d.cell_day[c]] ? c : kNone;
  }

  int wished_cell(int t) { return rng.below(3) ? cell_beside(t) : random_cell(t); }

  bool relocate() {
    const int t = open_tasks[rng.below(static_cast<int>(open_tasks.size()))];
    const int c = wished_cell(t);
    if (c == kNone || c == seat[t].cell) return false;
    if (seat[t].cell != kNone) {
      if (!day_open[d.cell_day[seat[t].cell]]) return false;
      take_out(t);
    }
    Way way;
    if (!judge(t, c, way)) return false;
    put(t, way);
    return true;
  }

  // Whatever stands in the way of an engagement in a timeline goes out; false where something fixed does.
  bool clear(int body, const Engagement& e) {
    auto& own = line[body];
    sites.clear();
    const int i = index_of(body, e.start);
    for (int k = i - 1; k >= 0 && (own[k].end > e.start || !reaches(own[k], e)); --k) {
      if (own[k].task == kNone) return false;
      sites.push_back(own[k].task);
    }
    for (int k = i; k < static_cast<int>(own.size()) && !reaches(e, own[k]); ++k) {
      if (own[k].task == kNone) return false;
      sites.push_back(own[k].task);
    }
    return evict_sites();
  }

  bool evict_sites() {
    for (int other : sites) {
      if (seat[other].cell == kNone) continue;  // whoever takes part in two roles has it twice
      if (!task_open[other] || !day_open[d.cell_day[seat[other].cell]]) return false;
      if (static_cast<int>(evicted.size()) >= kMostEvicted) return false;
      take_out(other);
      evicted.push_back(other);
    }
    return true;
  }

  static constexpr int kMostEvicted = 12;

  // Make a free table by sending one meeting away.
  bool clear_room(int t, int c) {
    for (int tries = 0; tries < 3 && !has_room(t, c); ++tries) {
      const int place = d.cell_place[c], start = d.cell_start[c], end = start + d.duration[t];
      const auto& cells = cells_at[place];
      sites.clear();
      auto from = std::lower_bound(cells.begin(), cells.end(), start - longest + 1,
                                   [&](int x, int s) { return d.cell_start[x] < s; });
      for (; from != cells.end() && d.cell_start[*from] < end; ++from)
        for (int other : at_cell[*from])
          if (d.cell_start[*from] + d.duration[other] > start) sites.push_back(other);
      if (sites.empty()) return false;
      const int other = sites[rng.below(static_cast<int>(sites.size()))];
      sites.assign(1, other);
      if (!evict_sites()) return false;
    }
    return has_room(t, c);
  }

  // Whoever holds as many meetings as they may gives one up.
  bool clear_quotas(int t) {
    for (int q : d.quotas[t]) {
      for (int tries = 0; tries < 8 && !may_hold(q) && !counting[q].empty(); ++tries) {
        const int other = counting[q][rng.below(static_cast<int>(counting[q].size()))];
        if (seat[other].cell == kNone || d.mandatory[other] > d.mandatory[t]) continue;
        sites.assign(1, other);
        if (!evict_sites()) return false;
      }
      if (!may_hold(q)) return false;
    }
    return true;
  }

  // Put a task at a cell whatever stands there, as far as rules allow; what goes out is in ``evicted``.
  bool push_in(int t, int c) {
    const Engagement e = engagement(t, c);
    for (int b : d.takers[t]) {
      if (!clear(b, e)) return false;
      if (!free_at(b, e)) return false;
    }
    if (!clear_quotas(t) || !clear_room(t, c)) return false;
    Way way;
    if (judge(t, c, way)) {
      put(t, way);
      return true;
    }
    for (int choice : d.choices[t]) {  // somebody suitable has to be freed
      const auto bodies = d.candidates[choice];
      if (bodies.size() == 0) return false;
      const int j = rng.below(bodies.size());
      if (d.in_mask(d.candidate_masks[choice][j], c) && !clear(bodies[j], e)) return false;
    }
    if (judge(t, c, way = Way{})) {
      put(t, way);
      return true;
    }
    if (!d.pool_city.empty()) {  // or an interpreter
      const int pool = rng.below(static_cast<int>(d.pool_city.size()));
      const auto units = d.pool_units[pool];
      if (units.size() && !clear(units[rng.below(units.size())], e)) return false;
      if (judge(t, c, way = Way{})) {
        put(t, way);
        return true;
      }
    }
    return false;
  }

  // Find places for what was sent away: at the cell that came free, else at the best, else by sending others away.
  void settle(int old_cell, int chain) {
    while (!evicted.empty()) {
      const int t = evicted.back();
      evicted.pop_back();
      Way way;
      if (old_cell != kNone && holds(t, old_cell) && judge(t, old_cell, way)) {
        put(t, way);
        continue;
      }
      if (resettle(t)) continue;
      if (chain-- > 0) {
        const int c = random_cell(t);
        if (c == kNone) continue;
        const size_t mark_journal = journal.size();
        const auto others = evicted;
        if (!push_in(t, c)) undo_to(mark_journal), evicted = others;
      }
    }
  }

  void undo_to(size_t mark_journal) {
    while (journal.size() > mark_journal) {
      const Undo undo = journal.back();
      journal.pop_back();
      const size_t keep = journal.size();
      if (undo.seat.cell == kNone) {
        take_out(undo.task);
      } else {
        Way way;
        way.cell = undo.seat.cell;
        way.interpreter = undo.seat.interpreter;
        for (int j = 0; j < d.choices[undo.task].size(); ++j) way.who[j] = journal_chosen[undo.first + j];
        put(undo.task, way);
      }
      journal.resize(keep);
    }
  }

  bool holds(int t, int c) const {  // whether a cell is admissible for a task
    const auto cells = d.classes[d.cells_of[t]];
    const int start = d.cell_start[c];
    const int* found = std::lower_bound(cells.begin(), cells.end(), start,
                                        [&](int x, int s) { return d.cell_start[x] < s; });
    for (; found != cells.end() && d.cell_start[*found] == start; ++found)
      if (*found == c) return true;
    return false;
  }

  bool force(int t) {
    if (t == kNone) return false;
    evicted.clear();
    const int c = wished_cell(t);
    if (c == kNone) return false;
    Way way;
    if (judge(t, c, way)) {
      put(t, way);
      return true;
    }
    if (!push_in(t, c)) return false;
    settle(kNone, 2);
    return true;
  }

  bool kempe() {
    const int t = open_tasks[rng.below(static_cast<int>(open_tasks.size()))];
    if (seat[t].cell == kNone || !day_open[d.cell_day[seat[t].cell]]) return false;
    const int old = seat[t].cell, c = wished_cell(t);
    if (c == kNone || c == old) return false;
    evicted.clear();
    take_out(t);
    if (!push_in(t, c)) return false;
    swap_chain(old, c);
    return true;
  }

  // Send what was evicted to the cell that came free, evicting there in turn (a Kempe chain), a few times.
  void swap_chain(int free_cell, int other_cell) {
    for (int links = 0; links < 6 && !evicted.empty(); ++links) {
      const int t = evicted.back();
      evicted.pop_back();
      const size_t mark_journal = journal.size();
      const auto others = evicted;
      if (!(holds(t, free_cell) && push_in(t, free_cell))) {
        undo_to(mark_journal);
        evicted = others;
        if (!resettle(t)) break;
        continue;
      }
      std::swap(free_cell, other_cell);
    }
    settle(kNone, 1);
  }

  // Take out what a few people who meet hold on one day, and put it back in another order.
  bool ruin() {
    const int seed_task = open_tasks[rng.below(static_cast<int>(open_tasks.size()))];
    if (seat[seed_task].cell == kNone) return false;
    const int day = d.cell_day[seat[seed_task].cell];
    if (!day_open[day]) return false;
    pending.clear();
    pending.push_back(seed_task);
    const int most = 4 + rng.below(12);
    for (size_t k = 0; k < pending.size() && static_cast<int>(pending.size()) < most; ++k) {
      const int t = pending[k];
      for (int b : d.takers[t]) gather(b, day, most);
      for (int choice : d.choices[t]) gather(chosen[choice], day, most);
    }
    for (int t : pending)
      if (seat[t].cell != kNone) take_out(t);
    for (int k = static_cast<int>(pending.size()) - 1; k > 0; --k) std::swap(pending[k], pending[rng.below(k + 1)]);
    std::stable_sort(pending.begin(), pending.end(), [&](int a, int b) {
      return d.mandatory[a] != d.mandatory[b] ? d.mandatory[a] > d.mandatory[b] : d.worth[a] > d.worth[b];
    });
    const auto order = pending;
    for (int t : order) insert_best(t);
    return true;
  }

  void gather(int body, int day, int most) {
    for (const auto& e : line[body]) {
      if (static_cast<int>(pending.size()) >= most) return;
      if (e.task != kNone && e.day == day && task_open[e.task] &&
          std::find(pending.begin(), pending.end(), e.task) == pending.end())
        pending.push_back(e.task);
    }
  }
};

// ---- the Python side ---------------------------------------------------------------------------------------

std::vector<int> numbers(const char* data, Py_ssize_t size, const std::string& name) {
  if (size % static_cast<Py_ssize_t>(sizeof(int))) throw std::runtime_error("not whole numbers of 32 bits: " + name);
  std::vector<int> out(static_cast<size_t>(size) / sizeof(int));
  if (size) std::memcpy(out.data(), data, static_cast<size_t>(size));
  return out;
}

struct Buffer {  // an object's bytes, for as long as they are looked at
  Py_buffer view;
  explicit Buffer(PyObject* item, const char* name) {
    if (PyObject_GetBuffer(item, &view, PyBUF_SIMPLE) == 0) return;
    PyErr_Clear();
    throw std::runtime_error(std::string("not an array: ") + name);
  }
  ~Buffer() { PyBuffer_Release(&view); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
};

std::vector<int> ints(PyObject* dict, const char* name) {
  PyObject* item = PyDict_GetItemString(dict, name);
  if (item == nullptr) throw std::runtime_error(std::string("missing array: ") + name);
  const Buffer buffer(item, name);
  return numbers(static_cast<const char*>(buffer.view.buf), buffer.view.len, name);
}

Lists lists(PyObject* dict, const char* name) {
  Lists out;
  out.first = ints(dict, (std::string(name) + "_first").c_str());
  out.items = ints(dict, name);
  return out;
}

// Whatever is an index is looked at once, so that the search need not.

void sized(const std::vector<int>& numbers, size_t size, const char* name) {
  if (numbers.size() != size) throw std::runtime_error(std::string("an array of another length: ") + name);
}

void within(const std::vector<int>& numbers, int64_t least, int64_t end, const char* name) {
  for (int number : numbers)
    if (number < least || number >= end) throw std::runtime_error(std::string("a number out of range: ") + name);
}

void formed(const Lists& lists, size_t count, const char* name) {
  sized(lists.first, count + 1, name);
  if (lists.first.front() != 0 || !std::is_sorted(lists.first.begin(), lists.first.end()) ||
      static_cast<size_t>(lists.first.back()) != lists.items.size())
    throw std::runtime_error(std::string("lists that do not fit together: ") + name);
}

#define SIZED(name, size) sized(d.name, size, #name)
#define WITHIN(name, least, end) within(d.name, least, end, #name)
#define FORMED(name, count) formed(d.name, count, #name)

void check_map(const Data& d) {
  const size_t cells = d.cell_place.size(), places = d.place_city.size(), cities = static_cast<size_t>(d.n_cities);
  if (d.tick < 1 || d.n_ticks < 1 || d.n_days < 0 || d.n_cities < 1 || d.n_levels < 0 || d.n_levels > kMaxLevels)
    throw std::runtime_error("a number out of range: sizes");
  const int64_t end = static_cast<int64_t>(d.tick) * d.n_ticks;
  if (end > kLongest) throw std::runtime_error("a number out of range: sizes");
  SIZED(cell_start, cells);
  SIZED(cell_day, cells);
  SIZED(place_capacity, places);
  SIZED(walk, places * places);
  SIZED(arrival, cities * cities * static_cast<size_t>(d.n_ticks));
  WITHIN(cell_place, 0, d.places());
  WITHIN(cell_start, 0, end);
  WITHIN(cell_day, 0, d.n_days);
  WITHIN(place_city, 0, d.n_cities);
  WITHIN(walk, 0, kLongest);
  WITHIN(place_capacity, 0, std::numeric_limits<uint16_t>::max());
  if (d.mask_words != d.cells() / 32 + 1 || d.masks.size() % static_cast<size_t>(d.mask_words))
    throw std::runtime_error("an array of another length: masks");
}

void check_people(const Data& d) {
  const size_t bodies = d.body_counted.size(), loads = d.load_daily.size(), pools = d.pool_city.size();
  const size_t meals = loads * static_cast<size_t>(d.n_cities) * static_cast<size_t>(d.n_days);
  const int64_t end = static_cast<int64_t>(d.tick) * d.n_ticks;
  sized(d.body_languages_low, bodies, "body_languages");
  SIZED(body_load, bodies);
  WITHIN(body_load, kNone, static_cast<int64_t>(loads));
  SIZED(load_row, loads);
  SIZED(load_rest, loads);
  SIZED(load_meal, loads);
  SIZED(meal_start, meals);
  SIZED(meal_end, meals);
  SIZED(pool_languages, pools);
  WITHIN(pool_city, kNone, d.n_cities);
  FORMED(pool_units, pools);
  FORMED(pool_masks, pools);
  within(d.pool_units.items, 0, d.bodies(), "pool_units");
  within(d.pool_masks.items, kNone, d.mask_count(), "pool_masks");
  for (const auto* column : {&d.fixed_start, &d.fixed_end, &d.fixed_place, &d.fixed_day})
    sized(*column, d.fixed_body.size(), "fixed");
  for (const auto* column : {&d.blocked_start, &d.blocked_end}) sized(*column, d.blocked_body.size(), "blocked");
  WITHIN(fixed_body, 0, d.bodies());
  WITHIN(fixed_start, 0, end);
  WITHIN(fixed_end, 0, end);
  WITHIN(fixed_place, 0, d.places());
  WITHIN(fixed_day, 0, d.n_days);
  WITHIN(blocked_body, 0, d.bodies());
}

void check_meetings(const Data& d) {
  const size_t tasks = d.duration.size(), choices = d.choices.items.size();
  SIZED(duration_index, tasks);
  SIZED(worth, tasks);
  SIZED(mandatory, tasks);
  SIZED(cells_of, tasks);
  FORMED(takers, tasks);
  FORMED(choices, tasks);
  FORMED(candidates, choices);
  FORMED(candidate_masks, choices);
  FORMED(party_choice, tasks);
  FORMED(party_languages, tasks);
  if (d.candidate_masks.first != d.candidates.first || d.party_languages.first != d.party_choice.first)
    throw std::runtime_error("lists that do not fit together: candidate_masks, party_languages");
  FORMED(classes, std::max<size_t>(d.classes.first.size(), 1) - 1);
  WITHIN(mandatory, 0, 2);
  WITHIN(cells_of, 0, static_cast<int64_t>(d.classes.first.size()) - 1);
  within(d.takers.items, 0, d.bodies(), "takers");
  within(d.choices.items, 0, static_cast<int64_t>(choices), "choices");
  within(d.candidates.items, 0, d.bodies(), "candidates");
  within(d.candidate_masks.items, 0, d.mask_count(), "candidate_masks");
  within(d.party_choice.items, kNone, kMaxChoices, "party_choice");
  within(d.classes.items, 0, d.cells(), "classes");
  for (int t = 0; t < d.tasks(); ++t) {
    if (d.choices[t].size() > kMaxChoices) throw std::runtime_error("too many choices of a meeting");
    for (int choice : d.party_choice[t])
      if (choice >= d.choices[t].size()) throw std::runtime_error("a number out of range: party_choice");
    if (d.duration[t] < 1) throw std::runtime_error("a number out of range: duration");
    for (size_t pool = 0; pool < d.pool_city.size(); ++pool)
      if (d.duration_index[t] < 0 || d.duration_index[t] >= d.pool_masks[static_cast<int>(pool)].size())
        throw std::runtime_error("a number out of range: duration_index");
    const auto cells = d.classes[d.cells_of[t]];
    if (!std::is_sorted(cells.begin(), cells.end(), [&](int a, int b) { return d.cell_start[a] < d.cell_start[b]; }))
      throw std::runtime_error("cells that are not in order: classes");
  }
  if (!d.duration.empty() && d.cells() > 0 &&
      static_cast<int64_t>(*std::max_element(d.duration.begin(), d.duration.end())) +
              *std::max_element(d.cell_start.begin(), d.cell_start.end()) >=
          static_cast<int64_t>(d.tick) * d.n_ticks)
    throw std::runtime_error("a number out of range: duration");
}

void check_rules(const Data& d) {
  const size_t tasks = d.duration.size(), levels = static_cast<size_t>(d.n_levels);
  const size_t costs = levels * d.cell_place.size();
  FORMED(resources, tasks);
  FORMED(parties, tasks);
  within(d.resources.items, 0, static_cast<int64_t>(d.resource_capacity.size()), "resources");
  within(d.parties.items, 0, static_cast<int64_t>(d.party_need.size()), "parties");
  for (const auto* column : {&d.order_after, &d.order_least, &d.order_most})
    sized(*column, d.order_before.size(), "order");
  for (const auto* column : {&d.relation_b, &d.relation_same}) sized(*column, d.relation_a.size(), "relation");
  WITHIN(order_before, 0, d.tasks());
  WITHIN(order_after, 0, d.tasks());
  WITHIN(relation_a, 0, d.tasks());
  WITHIN(relation_b, 0, d.tasks());
  sized(d.quota_least, d.quota_most.size(), "quota");
  WITHIN(quota_most, kNone, kNever);
  WITHIN(quota_least, 0, kNever);
  SIZED(body_quota, d.body_counted.size());
  WITHIN(body_quota, kNone, static_cast<int64_t>(d.quota_most.size()));
  FORMED(quotas, tasks);
  FORMED(apart, tasks);
  within(d.quotas.items, 0, static_cast<int64_t>(d.quota_most.size()), "quotas");
  within(d.apart.items, 0, d.bodies(), "apart");
  for (const auto* weights : {&d.w_requests, &d.w_breaks, &d.w_idle, &d.w_city, &d.w_room, &d.w_few})
    sized(*weights, levels, "weights");
  SIZED(costs_of, tasks);
  WITHIN(costs_of, kNone, costs ? static_cast<int64_t>(d.costs.size() / costs) : 1);
}

#undef SIZED
#undef WITHIN
#undef FORMED

Data data_from(PyObject* dict) {
  Data d;
  const auto sizes = ints(dict, "sizes");
  sized(sizes, kSizes, "sizes");
  d.tick = sizes[0];
  d.n_ticks = sizes[1];
  d.n_days = sizes[2];
  d.n_cities = sizes[3];
  d.n_levels = sizes[4];
  d.span_programme = sizes[5];
  d.tolerance = sizes[6];
  d.most_breaks = sizes[7];
  d.mask_words = sizes[8];
#define INTS(name) d.name = ints(dict, #name)
#define LISTS(name) d.name = lists(dict, #name)
  INTS(cell_place);
  INTS(cell_start);
  INTS(cell_day);
  INTS(place_city);
  INTS(place_capacity);
  INTS(walk);
  INTS(arrival);
  INTS(body_counted);
  INTS(body_load);
  d.body_languages_low = ints(dict, "body_languages");
  INTS(load_daily);
  INTS(load_row);
  INTS(load_rest);
  INTS(load_meal);
  INTS(meal_start);
  INTS(meal_end);
  INTS(fixed_body);
  INTS(fixed_start);
  INTS(fixed_end);
  INTS(fixed_place);
  INTS(fixed_day);
  INTS(blocked_body);
  INTS(blocked_start);
  INTS(blocked_end);
  INTS(duration);
  INTS(duration_index);
  INTS(worth);
  INTS(mandatory);
  INTS(cells_of);
  INTS(costs_of);
  INTS(costs);
  INTS(masks);
  INTS(resource_capacity);
  INTS(party_need);
  INTS(pool_languages);
  INTS(pool_city);
  INTS(order_before);
  INTS(order_after);
  INTS(order_least);
  INTS(order_most);
  INTS(relation_a);
  INTS(relation_b);
  INTS(relation_same);
  INTS(w_requests);
  INTS(w_breaks);
  INTS(w_idle);
  INTS(w_city);
  INTS(w_room);
  INTS(w_few);
  INTS(quota_least);
  INTS(quota_most);
  INTS(body_quota);
  LISTS(takers);
  LISTS(choices);
  LISTS(candidates);
  LISTS(candidate_masks);
  LISTS(resources);
  LISTS(parties);
  LISTS(quotas);
  LISTS(apart);
  LISTS(party_choice);
  LISTS(party_languages);
  LISTS(classes);
  LISTS(pool_units);
  LISTS(pool_masks);
#undef INTS
#undef LISTS
  check_map(d);
  check_people(d);
  check_meetings(d);
  check_rules(d);
  return d;
}

constexpr const char* kName = "scheduler.search.local._travelling.Search";

void destroy(PyObject* capsule) { delete static_cast<Search*>(PyCapsule_GetPointer(capsule, kName)); }

Search* search_of(PyObject* capsule) { return static_cast<Search*>(PyCapsule_GetPointer(capsule, kName)); }

PyObject* failed(const std::exception& error) {
  PyErr_SetString(PyExc_RuntimeError, error.what());
  return nullptr;
}

// Do something with a search that nobody else works on, without Python's lock; false with an error set. The
// lock is taken again outside of the try: where Python is at its end, that unwinds the thread, which no
// handler may hold up.
template <typename Work>
bool alone(Search* search, Work work) {
  if (search->at_work.exchange(true)) {
    PyErr_SetString(PyExc_RuntimeError, "the search is at work in another thread");
    return false;
  }
  char wrong[200] = "";
  PyThreadState* state = PyEval_SaveThread();
  try {
    work();
  } catch (const std::exception& error) {
    std::strncpy(wrong, error.what(), sizeof(wrong) - 1);
  }
  search->at_work.store(false);
  PyEval_RestoreThread(state);
  if (wrong[0] == 0) return true;
  PyErr_SetString(PyExc_RuntimeError, wrong);
  return false;
}

PyObject* none_if(bool done) {
  if (!done) return nullptr;
  Py_RETURN_NONE;
}

PyObject* create(PyObject*, PyObject* args) {
  PyObject* dict;
  unsigned long long seed;
  if (!PyArg_ParseTuple(args, "O!K", &PyDict_Type, &dict, &seed)) return nullptr;
  try {
    auto search = std::make_unique<Search>(data_from(dict), seed);
    PyObject* capsule = PyCapsule_New(search.get(), kName, destroy);
    if (capsule != nullptr) search.release();
    return capsule;
  } catch (const std::exception& error) {
    return failed(error);
  }
}

PyObject* construct(PyObject*, PyObject* capsule) {
  Search* search = search_of(capsule);
  return search == nullptr ? nullptr : none_if(alone(search, [&] { search->construct(); }));
}

PyObject* anneal(PyObject*, PyObject* args) {
  PyObject* capsule;
  int level;
  double seconds, hot, cold;
  long long most;
  if (!PyArg_ParseTuple(args, "OidLdd", &capsule, &level, &seconds, &most, &hot, &cold)) return nullptr;
  Search* search = search_of(capsule);
  if (search == nullptr) return nullptr;
  if (level < kNone || level >= search->d.n_levels || !(hot > 0) || !(cold > 0)) {
    PyErr_SetString(PyExc_ValueError, "no such level, or a temperature that is not above 0");
    return nullptr;
  }
  int64_t moves = 0;
  const bool done = alone(search, [&] {
    search->anneal(level, seconds, most, hot, cold);
    moves = search->moves;
  });
  return done ? PyLong_FromLongLong(moves) : nullptr;
}

PyObject* stop(PyObject*, PyObject* args) {
  PyObject* capsule;
  int on;
  if (!PyArg_ParseTuple(args, "Op", &capsule, &on)) return nullptr;
  Search* search = search_of(capsule);
  if (search == nullptr) return nullptr;
  search->stop.store(on != 0);
  Py_RETURN_NONE;
}

PyObject* bytes_of(const std::vector<int>& values) {
  return PyBytes_FromStringAndSize(reinterpret_cast<const char*>(values.data()),
                                   static_cast<Py_ssize_t>(values.size() * sizeof(int)));
}

PyObject* tuple_of(const std::vector<int64_t>& values) {
  PyObject* out = PyTuple_New(static_cast<Py_ssize_t>(values.size()));
  for (size_t k = 0; out != nullptr && k < values.size(); ++k) {
    PyObject* number = PyLong_FromLongLong(values[k]);
    if (number == nullptr || PyTuple_SetItem(out, static_cast<Py_ssize_t>(k), number) != 0) Py_CLEAR(out);
  }
  return out;
}

struct Schedule {  // as Python is given it
  std::vector<int64_t> value;
  std::vector<int> cells, chosen, interpreters;
  Schedule() = default;
  Schedule(std::vector<int64_t> worth, const std::vector<Seat>& seats, std::vector<int> who)
      : value(std::move(worth)), chosen(std::move(who)) {
    for (const auto& seat : seats) {
      cells.push_back(seat.cell);
      interpreters.push_back(seat.interpreter);
    }
  }
  PyObject* python() const {
    return Py_BuildValue("(NNNN)", tuple_of(value), bytes_of(cells), bytes_of(chosen), bytes_of(interpreters));
  }
};

PyObject* best(PyObject*, PyObject* capsule) {
  Search* search = search_of(capsule);
  if (search == nullptr) return nullptr;
  Schedule found;
  const bool done =
      alone(search, [&] { found = Schedule(search->best_value, search->best_seat, search->best_chosen); });
  return done ? found.python() : nullptr;
}

PyObject* current(PyObject*, PyObject* capsule) {
  Search* search = search_of(capsule);
  if (search == nullptr) return nullptr;
  Schedule found;
  const bool done = alone(search, [&] { found = Schedule(search->value(), search->seat, search->chosen); });
  return done ? found.python() : nullptr;
}

std::vector<int> from_bytes(PyObject* bytes, size_t size, int64_t least, int64_t end, const char* name) {
  char* data;
  Py_ssize_t length;
  if (PyBytes_AsStringAndSize(bytes, &data, &length) != 0) {
    PyErr_Clear();
    throw std::runtime_error(std::string("bytes expected: ") + name);
  }
  auto out = numbers(data, length, name);
  sized(out, size, name);
  within(out, least, end, name);
  return out;
}

PyObject* load(PyObject*, PyObject* args) {
  PyObject *capsule, *cells, *chosen, *interpreters;
  if (!PyArg_ParseTuple(args, "OSSS", &capsule, &cells, &chosen, &interpreters)) return nullptr;
  Search* search = search_of(capsule);
  if (search == nullptr) return nullptr;
  try {
    const Data& d = search->d;
    const auto where = from_bytes(cells, d.duration.size(), kNone, d.cells(), "cells");
    const auto who = from_bytes(chosen, d.choices.items.size(), kNone, d.bodies(), "chosen");
    const auto which = from_bytes(interpreters, d.duration.size(), kNone, d.bodies(), "interpreters");
    std::vector<int64_t> value;
    const bool done = alone(search, [&] {
      search->load(where, who, which);
      value = search->best_value;
    });
    return done ? tuple_of(value) : nullptr;
  } catch (const std::exception& error) {
    return failed(error);
  }
}

PyObject* open(PyObject*, PyObject* args) {
  PyObject *capsule, *days, *tasks;
  if (!PyArg_ParseTuple(args, "OSS", &capsule, &days, &tasks)) return nullptr;
  Search* search = search_of(capsule);
  if (search == nullptr) return nullptr;
  try {
    const auto on = from_bytes(days, static_cast<size_t>(search->d.n_days), 0, 2, "days");
    const auto own = from_bytes(tasks, search->d.duration.size(), 0, 2, "tasks");
    return none_if(alone(search, [&] { search->open(on, own); }));
  } catch (const std::exception& error) {
    return failed(error);
  }
}

PyObject* rewind(PyObject*, PyObject* capsule) {
  Search* search = search_of(capsule);
  return search == nullptr ? nullptr : none_if(alone(search, [&] { search->back_to_best(); }));
}

PyMethodDef methods[] = {
    {"create", create, METH_VARARGS, "create(arrays, seed) -> search"},
    {"construct", construct, METH_O, "construct(search): a first schedule, greedily"},
    {"anneal", anneal, METH_VARARGS, "anneal(search, level, seconds, moves, hot, cold) -> moves so far"},
    {"stop", stop, METH_VARARGS, "stop(search, on): ask a running annealing to end"},
    {"best", best, METH_O, "best(search) -> (value, cells, chosen, interpreters)"},
    {"current", current, METH_O, "current(search) -> (value, cells, chosen, interpreters)"},
    {"load", load, METH_VARARGS, "load(search, cells, chosen, interpreters) -> value"},
    {"open", open, METH_VARARGS, "open(search, days, tasks): what may be moved"},
    {"rewind", rewind, METH_O, "rewind(search): go back to the best schedule"},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef module_definition = {PyModuleDef_HEAD_INIT, "_travelling", nullptr, -1, methods};

}  // namespace

PyMODINIT_FUNC PyInit__travelling(void) { return PyModule_Create(&module_definition); }
