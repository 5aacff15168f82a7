// Local search for meetings, people and slots: a slot for each meeting, nobody twice in a slot.
//
// A schedule is a proper edge colouring of the graph of meetings (people are its nodes, slots its colours) with
// few breaks. The move is the Kempe chain: the meetings of two slots that hang together swap their slots. Where
// meetings have two people each, a chain is a path, everybody inside it keeps the slots they have, and only the
// two at its ends gain and lose one; so a move costs a walk and two looks at neighbouring slots. Simulated
// annealing over such moves; the best schedule so far is kept and is always whole.

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Count = std::int64_t;

// ---------------------------------------------------------------------------------------------------------
// Sets of slots
// ---------------------------------------------------------------------------------------------------------

int lowest(std::uint64_t word) {
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_ctzll(word);
#else
    int at = 0;
    while (!(word >> at & 1)) ++at;
    return at;
#endif
}

template <int W>
struct Bits {
    std::uint64_t word[W] = {};

    bool operator==(const Bits& o) const {
        std::uint64_t apart = 0;
        for (int i = 0; i < W; ++i) apart |= word[i] ^ o.word[i];
        return !apart;
    }
    std::uint64_t hash() const {
        std::uint64_t h = 0;
        for (auto w : word) h = (h ^ w) * 0x9e3779b97f4a7c15u;
        return h;
    }
    bool has(int k) const { return word[k >> 6] >> (k & 63) & 1; }
    void flip(int k) { word[k >> 6] ^= std::uint64_t{1} << (k & 63); }
    bool any() const {
        for (auto w : word)
            if (w) return true;
        return false;
    }
    Bits operator&(const Bits& o) const { return zip(o, [](auto a, auto b) { return a & b; }); }
    Bits operator|(const Bits& o) const { return zip(o, [](auto a, auto b) { return a | b; }); }
    Bits without(const Bits& o) const { return zip(o, [](auto a, auto b) { return a & ~b; }); }
    Bits up() const {
        Bits r;
        for (int i = 0; i < W; ++i) r.word[i] = word[i] << 1 | (i ? word[i - 1] >> 63 : 0);
        return r;
    }
    Bits down() const {
        Bits r;
        for (int i = 0; i < W; ++i) r.word[i] = word[i] >> 1 | (i + 1 < W ? word[i + 1] << 63 : 0);
        return r;
    }
    // The first member from k on, or from the start if there is none; -1 if the set is empty.
    int from(int k) const {
        int at = k >> 6;
        std::uint64_t w = word[at] & ~std::uint64_t{0} << (k & 63);
        for (int i = 0; i <= W; ++i) {
            if (w) return at * 64 + lowest(w);
            at = at + 1 == W ? 0 : at + 1;
            w = word[at];
        }
        return -1;
    }

   private:
    template <class F>
    Bits zip(const Bits& o, F f) const {
        Bits r;
        for (int i = 0; i < W; ++i) r.word[i] = f(word[i], o.word[i]);
        return r;
    }
};

// ---------------------------------------------------------------------------------------------------------
// The problem
// ---------------------------------------------------------------------------------------------------------

struct Order {
    int other;
    int least, most;  // other's slot less this one's
};

struct Level {
    Count requests, breaks;
};

struct Problem {
    int meetings = 0, people = 0, slots = 0, words = 0;
    int fairness = -1;        // most difference of breaks, -1: any
    bool bystanders = false;  // somebody without meetings has no breaks
    std::vector<int> capacity, span_ends;
    std::vector<int> takers_at, takers;  // of meeting m: takers[takers_at[m]] .. takers[takers_at[m + 1]]
    std::vector<int> mine_at, mine;      // the meetings of a person, alike
    std::vector<std::uint64_t> allowed;  // words per meeting
    std::vector<char> mandatory;
    std::vector<Count> worth;
    std::vector<std::vector<Order>> orders;  // per meeting
    bool any_order = false, pairs = true, any_optional = false;
    std::vector<Level> levels;
    std::vector<int> least;  // per person, breaks that cannot be avoided
    int floor = 0;           // the least of these over everybody
};

// Reads the flat numbers that the Python side writes; see kempe.py for their order.
class Reader {
   public:
    Reader(const std::uint64_t* at, std::size_t size) : at_(at), end_(at + size) {}
    std::uint64_t next() {
        if (at_ == end_) {
            bad_ = true;
            return 0;
        }
        return *at_++;
    }
    int number() { return static_cast<int>(next()); }
    std::vector<int> numbers(int count) {
        std::vector<int> r;
        for (int i = 0; i < count && !bad_; ++i) r.push_back(number());
        return r;
    }
    bool bad() const { return bad_ || at_ != end_; }

   private:
    const std::uint64_t *at_, *end_;
    bool bad_ = false;
};

void read_orders(Reader& in, Problem& p, int count) {
    p.orders.resize(p.meetings);
    p.any_order = count > 0;
    for (int i = 0; i < count; ++i) {
        auto v = in.numbers(4);
        if (v.size() < 4) return;
        p.orders[v[0]].push_back({v[1], v[2], v[3]});
        p.orders[v[1]].push_back({v[0], -v[3], -v[2]});
    }
}

void index_people(Problem& p) {
    std::vector<int> many(p.people + 1, 0);
    for (int who : p.takers) ++many[who];
    p.mine_at.assign(p.people + 1, 0);
    for (int i = 0; i < p.people; ++i) p.mine_at[i + 1] = p.mine_at[i] + many[i];
    p.mine.resize(p.takers.size());
    std::vector<int> next(p.mine_at.begin(), p.mine_at.end() - 1);
    for (int m = 0; m < p.meetings; ++m)
        for (int i = p.takers_at[m]; i < p.takers_at[m + 1]; ++i) p.mine[next[p.takers[i]]++] = m;
}

bool read_problem(Reader& in, Problem& p) {
    p.meetings = in.number(), p.people = in.number(), p.slots = in.number(), p.words = in.number();
    int spans = in.number(), orders = in.number(), levels = in.number();
    p.fairness = in.number() - 1, p.bystanders = in.next() != 0;
    p.capacity = in.numbers(p.slots), p.span_ends = in.numbers(spans);
    p.takers_at.push_back(0);
    for (int i = 0, at = 0; i < p.meetings; ++i) {
        int many = in.number();
        p.pairs = p.pairs && many == 2;
        p.takers_at.push_back(at += many);
    }
    p.takers = in.numbers(p.takers_at.back());
    for (int i = 0; i < p.meetings * p.words; ++i) p.allowed.push_back(in.next());
    for (int i = 0; i < p.meetings; ++i) p.mandatory.push_back(in.next() != 0);
    for (int i = 0; i < p.meetings; ++i) p.worth.push_back(static_cast<Count>(in.next()));
    for (char m : p.mandatory) p.any_optional = p.any_optional || !m;
    read_orders(in, p, orders);
    for (int i = 0; i < levels; ++i) {
        auto requests = static_cast<Count>(in.next());
        p.levels.push_back({requests, static_cast<Count>(in.next())});
    }
    p.least = in.numbers(p.people);
    if (in.bad()) return false;
    index_people(p);
    p.floor = p.bystanders || p.least.empty() ? 0 : *std::min_element(p.least.begin(), p.least.end());
    return true;
}

// ---------------------------------------------------------------------------------------------------------
// Chance
// ---------------------------------------------------------------------------------------------------------

class Chance {  // xoshiro256++ by Blackman and Vigna, 2019, seeded by splitmix64
   public:
    explicit Chance(std::uint64_t seed) {
        for (auto& s : state_) {
            std::uint64_t z = seed += 0x9e3779b97f4a7c15u;
            z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
            z = (z ^ z >> 27) * 0x94d049bb133111ebu;
            s = z ^ z >> 31;
        }
    }
    std::uint64_t next() {
        auto turn = [](std::uint64_t x, int k) { return x << k | x >> (64 - k); };
        std::uint64_t result = turn(state_[0] + state_[3], 23) + state_[0], t = state_[1] << 17;
        state_[2] ^= state_[0], state_[3] ^= state_[1], state_[1] ^= state_[2], state_[0] ^= state_[3];
        state_[2] ^= t, state_[3] = turn(state_[3], 45);
        return result;
    }
    // Less than a bound of 32 bits; the bias is below one in 2^32 / bound.
    int below(int bound) { return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32); }

   private:
    std::uint64_t state_[4];
};

// How breaks look to somebody: their number, and how many meetings lie outside the best stretch that would hold
// all of them without a break. Both become less on the way to fewer breaks; alone the first is too coarse.
struct Shape {
    std::uint8_t breaks = 0, outside = 0;
};

template <int W>
class Shapes {
   public:
    explicit Shapes(const std::vector<int>& span_ends) : ends_(span_ends), known_(std::size_t{1} << kBits) {}

    Shape of(const Bits<W>& used) {
        Entry& entry = known_[used.hash() >> (64 - kBits)];
        if (!(entry.used == used)) entry = {used, look(used)};
        return entry.shape;
    }

   private:
    static constexpr int kBits = 14;
    struct Entry {
        Bits<W> used;
        Shape shape;
    };
    const std::vector<int>& ends_;
    std::vector<Entry> known_;  // by hash; at first the empty set everywhere

    Shape look(const Bits<W>& used) const {
        Shape shape;
        for (std::size_t i = 0, first = 0; i < ends_.size(); first = ends_[i++]) {
            int many = 0, runs = 0, most = 0, here = 0, from = static_cast<int>(first), to = ends_[i];
            for (int s = from; s < to; ++s) {
                many += used.has(s);
                runs += used.has(s) && (s == from || !used.has(s - 1));
            }
            for (int s = from; s < to; ++s) {
                here += used.has(s);
                if (s - many >= from) here -= used.has(s - many);
                most = std::max(most, here);
            }
            shape.breaks += static_cast<std::uint8_t>(std::max(0, runs - 1));
            shape.outside += static_cast<std::uint8_t>(runs > 1 ? many - most : 0);
        }
        return shape;
    }
};

// How much worse a schedule may get at temperature 1: minus the logarithms of (i + 1/2) / 4096.
struct Exponential {
    float of[4096];
    Exponential() {
        for (int i = 0; i < 4096; ++i) of[i] = static_cast<float>(-std::log((i + 0.5) / 4096.0));
    }
};
const Exponential exponential;

// ---------------------------------------------------------------------------------------------------------
// A schedule, and what it costs
// ---------------------------------------------------------------------------------------------------------

// What the search minimises: one number, in which earlier levels weigh (nearly) all.
struct Weights {
    Count mandatory = 0, requests = 0, breaks = 0, unfair = 0, outside = 0;
};

constexpr Count kGrain = 16;

Weights weigh(const Problem& p) {
    Weights w;
    int first_requests = -1, first_breaks = -1;
    for (int i = static_cast<int>(p.levels.size()) - 1; i >= 0; --i) {
        if (p.levels[i].requests) first_requests = i;
        if (p.levels[i].breaks) first_breaks = i;
    }
    constexpr Count much = 64;
    if (first_requests >= 0) w.requests = p.levels[first_requests].requests;
    if (first_breaks >= 0) w.breaks = p.levels[first_breaks].breaks;
    if (first_requests != first_breaks) {
        w.requests = first_requests >= 0, w.breaks = first_breaks >= 0;
        if (first_requests >= 0 && first_breaks >= 0) {
            if (first_requests < first_breaks)
                w.requests = much;
            else
                w.breaks = much * std::max<Count>(1, *std::max_element(p.worth.begin(), p.worth.end()));
        }
    }
    w.requests *= kGrain, w.breaks *= kGrain, w.outside = w.breaks;
    Count dearest = 1;
    for (Count x : p.worth) dearest = std::max(dearest, x * w.requests);
    w.mandatory = much * std::max(dearest, std::max<Count>(1, w.breaks));
    return w;
}

using Value = std::vector<Count>;

template <int W>
class Schedule {
   public:
    explicit Schedule(const Problem& p)
        : p(p), weights(weigh(p)), slot(p.meetings, -1), load(p.slots, 0), used(p.people), shape(p.people),
          at_(static_cast<std::size_t>(p.people) * p.slots, -1), pool_at_(p.meetings), bad_at_(p.people, -1),
          shapes_(p.span_ends), parts(p.meetings), reach(p.people),
          many_(p.slots + 2, 0) {
        lay_out_spans();
        for (int m = 0; m < p.meetings; ++m) {
            for (int i = 0; i < W; ++i) parts[m].allowed.word[i] = p.allowed[static_cast<std::size_t>(m) * W + i];
            for_takers(m, [&](int who) {
                reach[who] = reach[who] | parts[m].allowed;
                parts[m].both ^= who;
            });
            pool_at_[m] = m;
            pool.push_back(m);
            (p.mandatory[m] ? missing_ : lost_) += p.mandatory[m] ? 1 : p.worth[m];
        }
        many_[0] = p.people + p.bystanders;
        aim(p.floor, false);
    }

    const Problem& p;
    Weights weights;
    std::vector<short> slot;
    std::vector<int> load;
    std::vector<Bits<W>> used;
    std::vector<Shape> shape;
    std::vector<int> pool;  // meetings that are not placed
    std::vector<int> bad;   // people with more breaks than they must have

    template <class F>
    void for_takers(int m, F f) const {
        for (int i = p.takers_at[m]; i < p.takers_at[m + 1]; ++i) f(p.takers[i]);
    }
    int meeting(int who, int s) const { return at_[static_cast<std::size_t>(who) * p.slots + s]; }
    int& meeting(int who, int s) { return at_[static_cast<std::size_t>(who) * p.slots + s]; }
    int partner(int m, int who) const { return parts[m].both ^ who; }

    bool is_free(int m, int s) const {
        for (int i = p.takers_at[m]; i < p.takers_at[m + 1]; ++i)
            if (used[p.takers[i]].has(s)) return false;
        return true;
    }

    bool in_order(int m, int s) const {
        for (const Order& o : p.orders[m]) {
            int there = slot[o.other];
            if (there >= 0 && (there - s < o.least || there - s > o.most)) return false;
        }
        return true;
    }

    // What it costs somebody to engage other slots than now.
    Count price(int who, const Bits<W>& then) {
        Shape now = shape[who], next = shapes_.of(then);
        Count cost = weights.breaks * (next.breaks - now.breaks) + weights.outside * (next.outside - now.outside);
        if (weights.unfair) cost += weights.unfair * (unfair(next.breaks) - unfair(now.breaks));
        return cost;
    }
    Count price_of_moving(int who, int a, int b) {
        Bits<W> then = used[who];
        then.flip(a);
        then.flip(b);
        return price(who, then);
    }
    Count price_of_taking(int who, int s) {
        Bits<W> then = used[who];
        then.flip(s);
        return price(who, then);
    }

    void put(int m, int s) {
        for_takers(m, [&](int who) {
            used[who].flip(s);
            change(who);
            meeting(who, s) = m;
        });
        add_load(s, 1);
        slot[m] = static_cast<short>(s);
        pool[pool_at_[m]] = pool.back();
        pool_at_[pool.back()] = pool_at_[m];
        pool.pop_back();
        (p.mandatory[m] ? missing_ : lost_) -= p.mandatory[m] ? 1 : p.worth[m];
    }

    void take(int m) {
        int s = slot[m];
        for_takers(m, [&](int who) {
            used[who].flip(s);
            change(who);
            meeting(who, s) = -1;
        });
        add_load(s, -1);
        slot[m] = -1;
        pool_at_[m] = static_cast<int>(pool.size());
        pool.push_back(m);
        (p.mandatory[m] ? missing_ : lost_) += p.mandatory[m] ? 1 : p.worth[m];
    }

    // Somebody at the end of a chain moves from slot a to slot b; the meeting table is the caller's.
    void shift(int who, int a, int b) {
        used[who].flip(a);
        used[who].flip(b);
        change(who);
    }

    Count cost() const {
        return weights.mandatory * missing_ + weights.requests * lost_ + weights.breaks * total_ +
               weights.outside * outside_ + weights.unfair * unfairness_;
    }
    // Lets fair mean at least so many breaks for everybody, and not too many more; stern: at any price.
    void aim(int base, bool stern) {
        base_ = base;
        if (p.fairness >= 0) weights.unfair = stern ? weights.mandatory : 3 * std::max<Count>(1, weights.breaks);
        unfairness_ = 0;
        if (weights.unfair)
            for (Shape one : shape) unfairness_ += unfair(one.breaks);
    }
    bool whole() const { return missing_ == 0 && overfull_ == 0 && fair(); }
    void add_load(int s, int by) {
        overfull_ -= std::max(0, load[s] - p.capacity[s]);
        load[s] += by;
        overfull_ += std::max(0, load[s] - p.capacity[s]);
    }
    Count missing() const { return missing_; }
    Count lost() const { return lost_; }
    Count total() const { return total_; }
    Value value() const {
        Value v;
        for (const Level& l : p.levels) v.push_back(l.requests * lost_ + l.breaks * total_);
        return v;
    }

    // The slots of somebody from which a meeting leaves without a new break, and those that it joins so.
    Bits<W> edges(int who) const {
        const Bits<W>& u = used[who];
        return u.without(u.up().without(firsts_) & u.down().without(lasts_));
    }
    Bits<W> beside(int who) const {
        const Bits<W>& u = used[who];
        return (u.up().without(firsts_) | u.down().without(lasts_)).without(u) & reach[who];
    }

    void load_from(const std::vector<short>& to) {
        for (int m = 0; m < p.meetings; ++m)
            if (slot[m] >= 0 && slot[m] != to[m]) take(m);
        for (int m = 0; m < p.meetings; ++m)
            if (slot[m] < 0 && to[m] >= 0) put(m, to[m]);
    }

   private:
    std::vector<int> at_;
    std::vector<int> pool_at_, bad_at_;
    Bits<W> firsts_, lasts_;  // of the spans
    Shapes<W> shapes_;

   public:
    struct Part {
        Bits<W> allowed;
        int both = 0;  // its two people, one xor the other
    };
    std::vector<Part> parts;
    std::vector<Bits<W>> reach;

   private:
    std::vector<int> many_;  // people by their number of breaks
    Count missing_ = 0, lost_ = 0, total_ = 0, outside_ = 0, unfairness_ = 0, overfull_ = 0;
    int base_ = 0;

    void lay_out_spans() {
        int first = 0;
        for (int end : p.span_ends) {
            if (first < end) firsts_.flip(first), lasts_.flip(end - 1);
            first = end;
        }
    }

    int unfair(int many) const {
        return std::max(0, many - base_ - p.fairness) + std::max(0, base_ - many);
    }

    bool fair() const {
        if (p.fairness < 0 || unfairness_ == 0) return true;
        int low = 0, high = static_cast<int>(many_.size()) - 1;
        while (low < high && !many_[low]) ++low;
        while (high > low && !many_[high]) --high;
        return high - low <= p.fairness;
    }

    void change(int who) {
        Shape before = shape[who], now = shape[who] = shapes_.of(used[who]);
        outside_ += now.outside - before.outside;
        if (before.breaks == now.breaks) return;
        --many_[before.breaks];
        ++many_[now.breaks];
        if (weights.unfair) unfairness_ += unfair(now.breaks) - unfair(before.breaks);
        total_ += now.breaks - before.breaks;
        bool is_bad = now.breaks > p.least[who];
        if (is_bad && bad_at_[who] < 0) {
            bad_at_[who] = static_cast<int>(bad.size());
            bad.push_back(who);
        } else if (!is_bad && bad_at_[who] >= 0) {
            bad[bad_at_[who]] = bad.back();
            bad_at_[bad.back()] = bad_at_[who];
            bad.pop_back();
            bad_at_[who] = -1;
        }
    }
};

// ---------------------------------------------------------------------------------------------------------
// Chains
// ---------------------------------------------------------------------------------------------------------

// The meetings of two slots that hang together, with those people who have only one of the two slots.
struct Chain {
    std::vector<int> meetings;
    std::vector<int> ends;
    int shift = 0;  // meetings that go from a to b, less those that go from b to a
};

template <int W>
class Chains {
   public:
    explicit Chains(Schedule<W>& s) : s_(s), seen_(s.p.meetings, 0) {}

    // Collects the chain of a meeting that is in slot a or b. False if a meeting of it may not go over.
    bool collect(int m, int a, int b, Chain& chain) {
        chain.meetings.clear();
        chain.ends.clear();
        chain.shift = 0;
        ++stamp_;
        add(m, chain);
        for (std::size_t i = 0; i < chain.meetings.size(); ++i) {
            int here = chain.meetings[i], from = s_.slot[here], to = a + b - from;
            if (!s_.parts[here].allowed.has(to)) return false;
            chain.shift += from == a ? 1 : -1;
            s_.for_takers(here, [&](int who) {
                int next = s_.meeting(who, to);
                if (next < 0)
                    chain.ends.push_back(who);
                else if (seen_[next] != stamp_)
                    add(next, chain);
            });
        }
        return true;
    }

    // Whether the orders still hold when the meetings of the chain (collected last) change slots.
    bool in_order(const Chain& chain, int a, int b) const {
        if (!s_.p.any_order) return true;
        auto after = [&](int m) { return seen_[m] == stamp_ ? a + b - s_.slot[m] : s_.slot[m]; };
        for (int m : chain.meetings)
            for (const Order& o : s_.p.orders[m]) {
                if (s_.slot[o.other] < 0) continue;
                int apart = after(o.other) - after(m);
                if (apart < o.least || apart > o.most) return false;
            }
        return true;
    }

    Count price(const Chain& chain, int a, int b) {
        Count cost = 0;
        for (int who : chain.ends) {
            bool has = s_.used[who].has(a);
            cost += s_.price_of_moving(who, has ? a : b, has ? b : a);
        }
        return cost;
    }

    void apply(const Chain& chain, int a, int b) {
        for (int m : chain.meetings) s_.for_takers(m, [&](int who) { s_.meeting(who, s_.slot[m]) = -1; });
        for (int m : chain.meetings) {
            s_.slot[m] = static_cast<short>(a + b - s_.slot[m]);
            s_.for_takers(m, [&](int who) { s_.meeting(who, s_.slot[m]) = m; });
        }
        for (int who : chain.ends) {
            bool has = s_.used[who].has(a);
            s_.shift(who, has ? a : b, has ? b : a);
        }
        s_.add_load(a, -chain.shift);
        s_.add_load(b, chain.shift);
    }

   private:
    Schedule<W>& s_;
    std::vector<unsigned> seen_;
    unsigned stamp_ = 0;

    void add(int m, Chain& chain) {
        seen_[m] = stamp_;
        chain.meetings.push_back(m);
    }
};

// ---------------------------------------------------------------------------------------------------------
// Placing what is not placed: construction and repair
// ---------------------------------------------------------------------------------------------------------

template <int W>
class Placing {
   public:
    Placing(Schedule<W>& s, Chains<W>& chains, Chance& chance)
        : s_(s), chains_(chains), chance_(chance), stubborn_(s.p.meetings, 1) {}

    // Places meetings, the most constrained first, where they make the fewest breaks.
    void construct() {
        std::vector<std::pair<int, int>> order;
        for (int m : s_.pool) order.push_back({urgency(m), m});
        std::sort(order.begin(), order.end());
        for (auto& [_, m] : order)
            if (s_.slot[m] < 0) insert(m);
    }

    // Places a meeting where nothing is in the way, or after a chain has made room.
    bool insert(int m) {
        return settle(m) || insert_by_chain(m);
    }

    // Places a meeting where nothing is in the way, with the fewest breaks.
    bool settle(int m) {
        int best = -1;
        Count fewest = std::numeric_limits<Count>::max();
        for (int s = 0; s < s_.p.slots; ++s) {
            if (!fits(m, s)) continue;
            Count here = s_.load[s] * 4 + chance_.below(4);
            s_.for_takers(m, [&](int who) { here += s_.price_of_taking(who, s) * s_.p.meetings * 4; });
            if (here < fewest) best = s, fewest = here;
        }
        if (best >= 0) s_.put(m, best);
        return best >= 0;
    }

    // Places a meeting in the slot where least is in the way, and takes that out. One step of a repair.
    void force(int m) {
        int best = -1;
        double least = 1e300;
        for (int s = 0; s < s_.p.slots; ++s) {
            if (!s_.parts[m].allowed.has(s) || !s_.p.capacity[s]) continue;
            double here = hindrance(m, s) + 1e-3 * chance_.below(1000);
            if (here < least) best = s, least = here;
        }
        if (best < 0) return;
        ++stubborn_[m];
        for (int v : in_the_way(m, best)) s_.take(v);
        s_.put(m, best);
    }

    // The meetings that keep a meeting from a slot; without them it fits there.
    const std::vector<int>& in_the_way(int m, int s) {
        found_.clear();
        auto add = [&](int v) {
            if (std::find(found_.begin(), found_.end(), v) == found_.end()) found_.push_back(v);
        };
        int leaving = 0;
        s_.for_takers(m, [&](int who) {
            if (s_.meeting(who, s) >= 0) add(s_.meeting(who, s));
        });
        for (const Order& o : s_.p.orders[m]) {
            int there = s_.slot[o.other];
            if (there >= 0 && (there - s < o.least || there - s > o.most)) add(o.other);
        }
        for (int v : found_) leaving += s_.slot[v] == s;
        if (!leaving && s_.load[s] >= s_.p.capacity[s]) add(somewhere(s));
        return found_;
    }

   private:
    Schedule<W>& s_;
    Chains<W>& chains_;
    Chance& chance_;
    Chain chain_;
    std::vector<int> found_;
    std::vector<double> stubborn_;  // grows with how often a meeting had to be forced in

    int urgency(int m) const {  // roughly how much room it has; what is mandatory comes first
        int room = s_.p.mandatory[m] ? 0 : 1 << 20, many = 0;
        for (int s = 0; s < s_.p.slots; ++s) room += s_.parts[m].allowed.has(s) * 64;
        s_.for_takers(m, [&](int who) { many += s_.p.mine_at[who + 1] - s_.p.mine_at[who]; });
        return room - 8 * many - 64 * static_cast<int>(s_.p.orders[m].size());
    }

    bool fits(int m, int s) const {
        return s_.parts[m].allowed.has(s) && s_.load[s] < s_.p.capacity[s] && s_.is_free(m, s) &&
               (!s_.p.any_order || s_.in_order(m, s));
    }

    // Tries to free slot a for those of the meeting who are engaged there, by chains with other slots.
    bool insert_by_chain(int m) {
        for (int a = 0; a < s_.p.slots; ++a) {
            if (!s_.parts[m].allowed.has(a) || !s_.p.capacity[a]) continue;
            if (s_.p.any_order && !s_.in_order(m, a)) continue;
            for (int b = 0; b < s_.p.slots; ++b)
                if (a != b && frees(m, a, b) && fits(m, a)) {
                    s_.put(m, a);
                    return true;
                }
        }
        return false;
    }

    // Swaps the chains between a and b of those engaged in a, if they then are free there.
    bool frees(int m, int a, int b) {
        int blocked = -1;
        for (int i = s_.p.takers_at[m]; i < s_.p.takers_at[m + 1]; ++i) {
            int who = s_.p.takers[i];
            bool in_a = s_.used[who].has(a), in_b = s_.used[who].has(b);
            if (in_a && in_b) return false;
            if (in_a && blocked >= 0) return false;
            if (in_a) blocked = who;
        }
        if (blocked < 0) return false;
        if (!chains_.collect(s_.meeting(blocked, a), a, b, chain_)) return false;
        for (int who : chain_.ends)
            if (who != blocked && s_.used[who].has(b) && is_taker(m, who)) return false;
        int room = s_.p.capacity[b] - s_.load[b];
        if (chain_.shift > room || s_.load[a] - chain_.shift >= s_.p.capacity[a]) return false;
        if (!chains_.in_order(chain_, a, b)) return false;
        chains_.apply(chain_, a, b);
        return true;
    }

    bool is_taker(int m, int who) const {
        for (int i = s_.p.takers_at[m]; i < s_.p.takers_at[m + 1]; ++i)
            if (s_.p.takers[i] == who) return true;
        return false;
    }

    double hindrance(int m, int s) const {
        double found = 0;
        int others = 0, last = -1;
        s_.for_takers(m, [&](int who) {
            int there = s_.meeting(who, s);
            if (there >= 0 && there != last) found += price(there), ++others, last = there;
        });
        if (!others && s_.load[s] >= s_.p.capacity[s]) found += 1;
        for (const Order& o : s_.p.orders[m]) {
            int there = s_.slot[o.other];
            if (there >= 0 && (there - s < o.least || there - s > o.most)) found += price(o.other);
        }
        return found;
    }
    double price(int m) const { return s_.p.mandatory[m] ? stubborn_[m] : 0.01; }

    int somewhere(int s) {  // a meeting of a full slot, preferably one that need not be
        int found = -1;
        for (int tries = 0; tries < 8 || found < 0; ++tries) {
            int m = chance_.below(s_.p.meetings);
            for (int k = 0; s_.slot[m] != s; ++k) m = m + 1 == s_.p.meetings ? 0 : m + 1;
            if (found < 0 || price(m) < price(found)) found = m;
        }
        return found;
    }
};

// ---------------------------------------------------------------------------------------------------------
// Annealing
// ---------------------------------------------------------------------------------------------------------

struct Limits {
    double seconds;      // of this slice; below 0: no limit
    Count iterations;    // of this slice; below 0: no limit
    double horizon;      // seconds until the whole search ends; below 0: not known
    Count far;           // iterations until then; below 0: not known
    const Value* target; // empty: none
};

bool reached(const Value& v, const Value& target) { return !target.empty() && v <= target; }

struct Cooling {
    Count step = 0, end = 0, length = 0;
    int cycles = 0;
    double seconds = -1;  // that the last one has, which cools by the clock; below 0: counted in steps
};

class Worker {
   public:
    virtual ~Worker() = default;
    virtual void start(const short* given) = 0;
    virtual void run(const Limits& limits) = 0;
    virtual void adopt(const std::vector<short>& best, const Value& value) = 0;

    std::vector<short> best;  // empty: nothing whole yet
    Value value;
    Count iterations = 0;
};

template <int W>
class Annealing final : public Worker {
   public:
    Annealing(const Problem& p, std::uint64_t seed)
        : p_(p), s_(p), chains_(s_), chance_(seed), placing_(s_, chains_, chance_) {}

    void start(const short* given) override {
        if (given) {
            for (int m = 0; m < p_.meetings; ++m)
                if (given[m] >= 0 && may_start(m, given[m])) s_.put(m, given[m]);
        }
        placing_.construct();
        keep();
        cooling_.step = cooling_.end = 0;
        cooling_.length = std::max<Count>(3000, Count{60} * p_.meetings);
    }

    void adopt(const std::vector<short>& other, const Value& its) override {
        if (best.empty() || its < value) best = other, value = its;
    }

    void run(const Limits& limits) override {
        auto began = Clock::now();
        Count first = iterations;
        double spent = 0;
        while (!(has_best() && reached(value, *limits.target))) {
            if (limits.iterations >= 0 && iterations - first >= limits.iterations) break;
            if (limits.seconds >= 0 && spent >= limits.seconds) break;
            Count batch = kBatch;
            if (limits.iterations >= 0) batch = std::min(batch, limits.iterations - (iterations - first));
            if (s_.missing()) {
                repair(batch / 10 + 1);
            } else {
                cool(limits, spent, iterations - first);
                anneal(batch);
            }
            iterations += batch;
            spent = std::chrono::duration<double>(Clock::now() - began).count();
        }
        seconds_ += spent;
    }

   private:
    static constexpr Count kBatch = 1000;
    static constexpr int kCrowd = 600;    // meetings from which on a slot may be overfull on the way
    static constexpr int kHuge = 10000;   // meetings from which on there is no time for slow coolings
    const Problem& p_;
    Schedule<W> s_;
    Chains<W> chains_;
    Chance chance_;
    Placing<W> placing_;
    Chain chain_, second_;
    std::vector<std::pair<int, int>> undo_;
    Cooling cooling_;
    Count lost_ = 0, total_ = 0;  // of the best that this worker found
    double temperature_ = 1, hot_ = 1, cold_ = 0.1, seconds_ = 0;
    double left_ = 0;  // seconds, when last looked at
    const bool stiff_ = p_.any_optional || p_.any_order || !p_.pairs;  // where chains alone do not reach everything

    bool has_best() const { return !best.empty() || (p_.meetings == 0); }

    bool may_start(int m, int s) const {
        return s < p_.slots && s_.parts[m].allowed.has(s) && s_.load[s] < p_.capacity[s] && s_.is_free(m, s) &&
               s_.in_order(m, s);
    }

    void keep() {
        if (!s_.whole()) return;
        Value now = s_.value();
        if (best.empty() || now < value) {
            best = s_.slot, value = now;
            lost_ = s_.lost(), total_ = s_.total();
        }
    }

    // -- repair ------------------------------------------------------------------------------------------

    void repair(Count steps) {
        for (Count i = 0; i < steps && s_.missing(); ++i) {
            int m = s_.pool[chance_.below(static_cast<int>(s_.pool.size()))];
            if (!p_.mandatory[m]) continue;
            if (placing_.insert(m)) continue;
            placing_.force(m);
            for (int k = 0; k < 10; ++k) swap(4 * (s_.weights.breaks + s_.weights.unfair));
        }
        keep();
    }

    // -- cycles ------------------------------------------------------------------------------------------

    // Begins a cooling when the last one is at its end, and sees how far it is.
    void cool(const Limits& limits, double spent, Count done) {
        double left = limits.horizon - spent;
        bool other_end = left <= 0 || left > left_ + 0.02;  // more time than there was
        left_ = left;
        if (cooling_.seconds > 0 && other_end) cooling_ = {0, 0, cooling_.length, cooling_.cycles};
        if (cooling_.step >= cooling_.end && cooling_.seconds <= 0) begin_cycle(limits, spent, done);
        double share = static_cast<double>(cooling_.step) / static_cast<double>(cooling_.end);
        if (cooling_.seconds > 0) share = std::min(1.0, std::max(0.0, 1 - left / cooling_.seconds));
        temperature_ = hot_ * std::pow(cold_ / hot_, share);
    }

    // Plans a cooling: each one longer than the one before, the last one as long as there is time.
    void begin_cycle(const Limits& limits, double spent, Count done) {
        if (!best.empty() && cooling_.cycles) s_.load_from(best);
        double left = -1;
        if (limits.horizon >= 0 && iterations > 0 && seconds_ + spent > 1e-3)
            left = (limits.horizon - spent) * static_cast<double>(iterations) / (seconds_ + spent);
        if (limits.far >= 0) left = static_cast<double>(limits.far - done);
        if (cooling_.cycles) cooling_.length *= 3;
        Count length = cooling_.length;
        bool last = left >= 0 && left < 4.0 * static_cast<double>(length);
        if (last) length = std::max<Count>(1000, static_cast<Count>(left));
        cooling_.seconds = last && limits.far < 0 ? limits.horizon - spent : -1;
        cooling_.step = 0, cooling_.end = length;
        Count unit = std::max<Count>(1, s_.weights.breaks);
        bool slow = p_.meetings >= kCrowd && p_.meetings < kHuge;
        hot_ = (slow ? 0.3 : 0.5) * static_cast<double>(unit), cold_ = (slow ? 0.25 : 0.2) * static_cast<double>(unit);
        aim();
        ++cooling_.cycles;
    }

    // What is unfair costs little at first; where that finds nothing fair, more, and from another least number.
    void aim() {
        if (p_.fairness < 0) return;
        int base = p_.bystanders ? 0 : (cooling_.cycles % 4 == 3) + (cooling_.cycles % 16 == 15);
        s_.aim(p_.floor + base, p_.any_optional && cooling_.cycles % 2);
    }

    // -- moves -------------------------------------------------------------------------------------------

    void anneal(Count steps) {
        for (Count i = 0; i < steps; ++i) {
            auto margin = static_cast<Count>(temperature_ * exponential.of[chance_.next() >> 52]);
            int kind = stiff_ ? chance_.below(32) : 31;
            if (kind < 4 && !s_.pool.empty())
                relocate(s_.pool[chance_.below(static_cast<int>(s_.pool.size()))], margin);
            else if (kind == 4)
                relocate(chance_.below(p_.meetings), margin);
            else if (kind == 5 && p_.any_optional)
                drop(margin);
            else
                swap(margin);
        }
        cooling_.step += steps;
    }

    int somebody() {
        if (!s_.bad.empty() && chance_.below(10)) return s_.bad[chance_.below(static_cast<int>(s_.bad.size()))];
        return p_.takers.empty() ? -1 : p_.takers[chance_.below(static_cast<int>(p_.takers.size()))];
    }

    void swap(Count margin) {
        int who = somebody();
        if (who < 0) return;
        std::uint64_t dice = chance_.next();
        int at_a = static_cast<int>((dice & 0xffff) * p_.slots >> 16);
        int at_b = static_cast<int>((dice >> 16 & 0xffff) * p_.slots >> 16);
        const Bits<W> used = s_.used[who];
        Bits<W> from = dice >> 32 & 15 ? s_.edges(who) : used;
        Bits<W> to = dice >> 36 & 15 ? s_.beside(who) : s_.reach[who].without(used);
        int a = from.from(at_a), b = to.from(at_b);
        if (a < 0 || b < 0) return;
        Count mine = s_.price_of_moving(who, a, b);
        Count most = 2 * (s_.weights.breaks + s_.weights.unfair) + s_.weights.outside;
        if (p_.pairs) {
            if (mine - most > margin) return;
            walk(who, a, b, mine, margin);
        } else {
            swap_chain(s_.meeting(who, a), a, b, margin);
        }
    }

    // The chain that starts with somebody who has slot a and not b, where all meetings are of two people.
    void walk(int who, int a, int b, Count mine, Count margin) {
        chain_.meetings.clear();
        int here = who, from = a, to = b;
        for (int m = s_.meeting(here, from); m >= 0; m = s_.meeting(here, from)) {
            if (!s_.parts[m].allowed.has(to)) return;
            chain_.meetings.push_back(m);
            here = s_.partner(m, here);
            std::swap(from, to);
        }
        std::swap(from, to);  // the last one there has ``from`` and not ``to``
        bool odd = chain_.meetings.size() & 1;
        if (odd && s_.load[b] >= p_.capacity[b]) {
            if (stiff_ || p_.meetings < kCrowd || s_.missing()) {
                if (chance_.below(10) == 0) swap_chain(chain_.meetings[0], a, b, margin);
                return;
            }
            mine += crowded();
        }
        if (odd && s_.load[a] > p_.capacity[a]) mine -= crowded();
        Count cost = mine + s_.price_of_moving(here, from, to);
        if (cost > margin) return;
        if (p_.any_order) {
            swap_chain(chain_.meetings[0], a, b, margin);
            return;
        }
        turn(who, here, a, b, from, to, odd);
        keep_if_better();
    }

    // What a meeting more than there are tables costs on the way: a full slot would stop too many chains.
    Count crowded() const { return s_.weights.breaks * (p_.meetings < kHuge ? 7 : 6) / 4; }

    void turn(int who, int last, int a, int b, int from, int to, bool odd) {
        int here = who, x = a, y = b;
        for (int m : chain_.meetings) {
            s_.slot[m] = static_cast<short>(y);
            std::swap(s_.meeting(here, x), s_.meeting(here, y));
            here = s_.partner(m, here);
            std::swap(x, y);
        }
        std::swap(s_.meeting(last, from), s_.meeting(last, to));
        s_.shift(who, a, b);
        s_.shift(last, from, to);
        if (odd) s_.add_load(a, -1), s_.add_load(b, 1);
    }

    void keep_if_better() {
        if (best.empty() || s_.lost() < lost_ || s_.total() < total_) keep();
    }

    // A chain of any kind; where it would overfill a slot, together with one that goes the other way.
    void swap_chain(int m, int a, int b, Count margin) {
        if (!chains_.collect(m, a, b, chain_) || !chains_.in_order(chain_, a, b)) return;
        bool over = s_.load[b] + chain_.shift > p_.capacity[b] || s_.load[a] - chain_.shift > p_.capacity[a];
        Count cost = chains_.price(chain_, a, b);
        if (over) {
            swap_two(a, b, cost, margin);
            return;
        }
        if (cost > margin) return;
        chains_.apply(chain_, a, b);
        keep_if_better();
    }

    void swap_two(int a, int b, Count cost, Count margin) {
        int full = chain_.shift > 0 ? b : a;
        int m = chance_.below(p_.meetings);
        for (int tries = 0; s_.slot[m] != full && tries < 4 * p_.slots; ++tries) m = chance_.below(p_.meetings);
        if (s_.slot[m] != full) return;
        if (std::find(chain_.meetings.begin(), chain_.meetings.end(), m) != chain_.meetings.end()) return;
        chains_.apply(chain_, a, b);
        bool good = chains_.collect(m, a, b, second_) && chains_.in_order(second_, a, b);
        good = good && s_.load[b] + second_.shift <= p_.capacity[b] && s_.load[a] - second_.shift <= p_.capacity[a];
        if (good) cost += chains_.price(second_, a, b);
        if (good && cost <= margin) {
            chains_.apply(second_, a, b);
            keep_if_better();
            return;
        }
        chain_.shift = -chain_.shift;  // back again
        chains_.apply(chain_, a, b);
    }

    // Puts a meeting into a slot, placed before or not; what is in its way goes where there is room, if anywhere.
    void relocate(int m, Count margin) {
        int s = s_.parts[m].allowed.from(chance_.below(p_.slots));
        if (s < 0 || s == s_.slot[m] || !p_.capacity[s]) return;
        Count before = s_.cost();
        undo_.assign(1, {m, s_.slot[m]});
        if (s_.slot[m] >= 0) s_.take(m);
        for (int v : placing_.in_the_way(m, s)) undo_.push_back({v, s_.slot[v]});
        for (std::size_t i = 1; i < undo_.size(); ++i) s_.take(undo_[i].first);
        s_.put(m, s);
        for (std::size_t i = 1; i < undo_.size(); ++i) placing_.settle(undo_[i].first);
        Count cost = s_.cost() - before;
        if (cost <= margin) {
            keep_if_better();
            return;
        }
        for (auto& [v, there] : undo_)
            if (s_.slot[v] >= 0) s_.take(v);
        for (auto& [v, there] : undo_)
            if (there >= 0) s_.put(v, there);
    }

    // Gives up a request.
    void drop(Count margin) {
        int m = chance_.below(p_.meetings), s = s_.slot[m];
        if (p_.mandatory[m] || s < 0) return;
        Count before = s_.cost();
        s_.take(m);
        if (s_.cost() - before > margin)
            s_.put(m, s);
        else
            keep_if_better();
    }
};

// ---------------------------------------------------------------------------------------------------------
// Several searches side by side
// ---------------------------------------------------------------------------------------------------------

class Search {
   public:
    Problem problem;
    std::vector<std::unique_ptr<Worker>> workers;

    bool set_up(std::uint64_t seed, int many) {
        for (int i = 0; i < many; ++i) {
            auto one = make(seed * 1000003u + static_cast<std::uint64_t>(i));
            if (!one) return false;
            workers.push_back(std::move(one));
        }
        return true;
    }

    void start(const short* given) {
        each([&](Worker& w) { w.start(given); });
        share();
    }

    void run(const Limits& limits) {
        each([&](Worker& w) { w.run(limits); });
        share();
    }

    const Worker& leader() const { return *workers[leader_]; }

   private:
    std::size_t leader_ = 0;

    std::unique_ptr<Worker> make(std::uint64_t seed) const {
        switch (problem.words) {
            case 1: return std::make_unique<Annealing<1>>(problem, seed);
            case 2: return std::make_unique<Annealing<2>>(problem, seed);
            case 4: return std::make_unique<Annealing<4>>(problem, seed);
            default: return nullptr;
        }
    }

    template <class F>
    void each(F f) {
        std::vector<std::thread> threads;
        for (std::size_t i = 1; i < workers.size(); ++i) threads.emplace_back([&, i] { f(*workers[i]); });
        f(*workers[0]);
        for (auto& thread : threads) thread.join();
    }

    void share() {
        for (std::size_t i = 0; i < workers.size(); ++i)
            if (is_better(*workers[i], leader())) leader_ = i;
        if (leader().best.empty()) return;
        for (auto& w : workers)
            if (w.get() != workers[leader_].get()) w->adopt(leader().best, leader().value);
    }

    static bool is_better(const Worker& a, const Worker& b) {
        return !a.best.empty() && (b.best.empty() || a.value < b.value);
    }
};

// ---------------------------------------------------------------------------------------------------------
// Python
// ---------------------------------------------------------------------------------------------------------

constexpr const char* kName = "scheduler.kempe";

Search* search_of(PyObject* capsule) { return static_cast<Search*>(PyCapsule_GetPointer(capsule, kName)); }

void forget(PyObject* capsule) { delete search_of(capsule); }

PyObject* create(PyObject*, PyObject* args) {
    Py_buffer numbers;
    unsigned long long seed;
    int workers;
    if (!PyArg_ParseTuple(args, "y*Ki", &numbers, &seed, &workers)) return nullptr;
    auto search = std::make_unique<Search>();
    Reader in(static_cast<const std::uint64_t*>(numbers.buf), static_cast<std::size_t>(numbers.len) / 8);
    bool good = read_problem(in, search->problem) && search->set_up(seed, std::max(1, workers));
    PyBuffer_Release(&numbers);
    if (!good) {
        PyErr_SetString(PyExc_ValueError, "not a problem that this search can read");
        return nullptr;
    }
    PyObject* capsule = PyCapsule_New(search.get(), kName, forget);
    if (capsule) search.release();
    return capsule;
}

PyObject* start(PyObject*, PyObject* args) {
    PyObject* capsule;
    Py_buffer given;
    if (!PyArg_ParseTuple(args, "Oy*", &capsule, &given)) return nullptr;
    Search* search = search_of(capsule);
    auto many = static_cast<Py_ssize_t>(search ? search->problem.meetings * sizeof(short) : 0);
    if (!search || (given.len && given.len != many)) {
        PyBuffer_Release(&given);
        if (search) PyErr_SetString(PyExc_ValueError, "a start names a slot, or -1, for each meeting");
        return nullptr;
    }
    const short* from = given.len ? static_cast<const short*>(given.buf) : nullptr;
    Py_BEGIN_ALLOW_THREADS;
    search->start(from);
    Py_END_ALLOW_THREADS;
    PyBuffer_Release(&given);
    Py_RETURN_NONE;
}

PyObject* run(PyObject*, PyObject* args) {
    PyObject *capsule, *target;
    Limits limits{};
    long long iterations, far;
    if (!PyArg_ParseTuple(args, "OdLdLO!", &capsule, &limits.seconds, &iterations, &limits.horizon, &far,
                          &PyTuple_Type, &target))
        return nullptr;
    Search* search = search_of(capsule);
    if (!search) return nullptr;
    Value aim;
    for (Py_ssize_t i = 0; i < PyTuple_Size(target); ++i) {
        aim.push_back(PyLong_AsLongLong(PyTuple_GetItem(target, i)));
        if (PyErr_Occurred()) return nullptr;
    }
    limits.iterations = iterations, limits.far = far, limits.target = &aim;
    Py_BEGIN_ALLOW_THREADS;
    search->run(limits);
    Py_END_ALLOW_THREADS;
    return PyLong_FromLongLong(search->leader().iterations);
}

PyObject* value(PyObject*, PyObject* capsule) {
    Search* search = search_of(capsule);
    if (!search) return nullptr;
    const Worker& leader = search->leader();
    if (leader.best.empty() && search->problem.meetings) Py_RETURN_NONE;
    PyObject* found = PyTuple_New(static_cast<Py_ssize_t>(leader.value.size()));
    for (std::size_t i = 0; found && i < leader.value.size(); ++i)
        PyTuple_SetItem(found, static_cast<Py_ssize_t>(i), PyLong_FromLongLong(leader.value[i]));
    return found;
}

PyObject* best(PyObject*, PyObject* capsule) {
    Search* search = search_of(capsule);
    if (!search) return nullptr;
    const auto& found = search->leader().best;
    return PyBytes_FromStringAndSize(reinterpret_cast<const char*>(found.data()),
                                     static_cast<Py_ssize_t>(found.size() * sizeof(short)));
}

PyMethodDef methods[] = {
    {"create", create, METH_VARARGS, "create(numbers, seed, workers) -> search"},
    {"start", start, METH_VARARGS, "start(search, given): construct; given: slots as shorts, or nothing"},
    {"run", run, METH_VARARGS, "run(search, seconds, iterations, horizon, far, target) -> iterations"},
    {"value", value, METH_O, "value(search) -> tuple or None"},
    {"best", best, METH_O, "best(search) -> slots as shorts, empty if there is none"},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef module_definition = {PyModuleDef_HEAD_INIT, "_kempe", nullptr, -1, methods,
                                 nullptr,               nullptr,  nullptr, nullptr};

}  // namespace

PyMODINIT_FUNC PyInit__kempe(void) { return PyModule_Create(&module_definition); }
