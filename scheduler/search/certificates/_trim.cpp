// Which clauses a proof of unsatisfiability needs, and why each of them holds.
//
// A proof is a list of lemmas, each of which follows from what stands before it by unit propagation (RUP), the
// last one empty. They are added one after the other until propagation alone ends in a conflict; then,
// backwards, each lemma that is needed is derived again, and what its derivation uses is needed too
// (Heule, Hunt, Wetzler: Trimming while checking clausal proofs, FMCAD 2013). What comes out can be checked
// without any search.

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Lits = std::vector<int32_t>;
constexpr int32_t NONE = -1;

struct OverTime {};

class Trimmer {
  public:
    Trimmer(const int32_t* clauses, size_t many, const int32_t* lemmas, size_t more, double seconds)
        : deadline_(std::chrono::steady_clock::now() +
                    std::chrono::milliseconds(static_cast<long long>(seconds * 1000))) {
        read(clauses, many);
        originals_ = static_cast<int32_t>(starts_.size());
        read(lemmas, more);
        starts_.push_back(static_cast<int64_t>(lits_.size()));
        const size_t codes = 2 * (static_cast<size_t>(highest_) + 1);
        watches_.resize(codes);
        value_.assign(codes, 0);
        reason_.assign(codes / 2, NONE);
        seen_.assign(codes / 2, 0);
        needed_.assign(starts_.size(), 0);
        active_ = originals_;
    }

    // The lemmas that are needed, ascending: position, number of hints, hints (positions of clauses).
    Lits run() {
        int32_t conflict = NONE;
        for (int32_t c = 0; c < originals_ && conflict == NONE; ++c) conflict = attach(c);
        if (conflict == NONE) conflict = propagate();
        std::vector<size_t> before;
        int32_t lemma = originals_;
        const int32_t all = static_cast<int32_t>(starts_.size()) - 1;
        while (conflict == NONE && lemma < all) {
            before.push_back(trail_.size());
            active_ = lemma + 1;
            conflict = attach(lemma++);
            if (conflict == NONE) conflict = propagate();
            tick();
        }
        if (conflict == NONE) throw std::runtime_error("the proof does not end in a contradiction");
        std::vector<Lits> found;
        found.push_back(entry(all, derivation(conflict)));
        for (int32_t c = lemma - 1; c >= originals_; --c) {
            undo(before[static_cast<size_t>(c - originals_)]);
            active_ = c;
            if (!needed_[static_cast<size_t>(c)]) continue;
            found.push_back(entry(c, derived(c)));
            tick();
        }
        Lits flat;
        for (auto it = found.rbegin(); it != found.rend(); ++it) flat.insert(flat.end(), it->begin(), it->end());
        return flat;
    }

  private:
    std::chrono::steady_clock::time_point deadline_;
    Lits lits_;
    std::vector<int64_t> starts_;
    int32_t originals_ = 0, active_ = 0, highest_ = 1;
    std::vector<std::vector<int32_t>> watches_;
    std::vector<int8_t> value_;
    std::vector<int32_t> reason_;
    std::vector<char> seen_, needed_;
    Lits trail_;
    size_t next_ = 0, ticks_ = 0;

    static size_t code(int32_t lit) { return lit > 0 ? 2 * static_cast<size_t>(lit) : 2 * static_cast<size_t>(-lit) + 1; }

    static size_t variable(int32_t lit) { return static_cast<size_t>(lit > 0 ? lit : -lit); }

    void tick() {
        if (++ticks_ % 64 == 0 && std::chrono::steady_clock::now() > deadline_) throw OverTime{};
    }

    void read(const int32_t* given, size_t many) {
        Lits clause;
        for (size_t i = 0; i < many; ++i) {
            if (given[i]) {
                clause.push_back(given[i]);
                highest_ = std::max(highest_, static_cast<int32_t>(variable(given[i])));
                continue;
            }
            starts_.push_back(static_cast<int64_t>(lits_.size()));
            std::sort(clause.begin(), clause.end());
            clause.erase(std::unique(clause.begin(), clause.end()), clause.end());
            lits_.insert(lits_.end(), clause.begin(), clause.end());
            clause.clear();
        }
    }

    int32_t* begin(int32_t c) { return lits_.data() + starts_[static_cast<size_t>(c)]; }

    int32_t size(int32_t c) const {
        return static_cast<int32_t>(starts_[static_cast<size_t>(c) + 1] - starts_[static_cast<size_t>(c)]);
    }

    int value(int32_t lit) const { return value_[code(lit)]; }

    void enqueue(int32_t lit, int32_t why) {
        value_[code(lit)] = 1;
        value_[code(-lit)] = -1;
        reason_[variable(lit)] = why;
        trail_.push_back(lit);
    }

    void undo(size_t length) {
        while (trail_.size() > length) {
            value_[code(trail_.back())] = value_[code(-trail_.back())] = 0;
            trail_.pop_back();
        }
        next_ = length;
    }

    // Watch a clause; return it if it is false already.
    int32_t attach(int32_t c) {
        int32_t* own = begin(c);
        const int32_t many = size(c);
        for (int32_t i = 0, front = 0; i < many && front < 2; ++i)
            if (value(own[i]) >= 0) std::swap(own[i], own[front++]);
        if (many > 1) {
            watches_[code(own[0])].push_back(c);
            watches_[code(own[1])].push_back(c);
        }
        if (!many || value(own[0]) < 0) return c;
        if ((many == 1 || value(own[1]) < 0) && !value(own[0])) enqueue(own[0], c);
        return NONE;
    }

    // Draw all consequences; return a clause that is false, if there is one.
    int32_t propagate() {
        while (next_ < trail_.size()) {
            const int32_t gone = -trail_[next_++];
            std::vector<int32_t>& list = watches_[code(gone)];
            size_t kept = 0;
            for (size_t i = 0; i < list.size(); ++i) {
                const int32_t c = list[i];
                if (c >= active_) continue;  // a lemma that is not there any more
                const int32_t found = look(c, gone);
                if (found == c || found == NONE) list[kept++] = c;
                if (found == c) {
                    while (++i < list.size()) list[kept++] = list[i];
                    list.resize(kept);
                    return c;
                }
            }
            list.resize(kept);
        }
        return NONE;
    }

    // Find another watch for a clause: returns the clause if it is false, NONE if its watch stays, -2 if moved.
    int32_t look(int32_t c, int32_t gone) {
        int32_t* own = begin(c);
        if (own[0] == gone) std::swap(own[0], own[1]);
        if (value(own[0]) > 0) return NONE;
        const int32_t many = size(c);
        for (int32_t i = 2; i < many; ++i)
            if (value(own[i]) >= 0) {
                std::swap(own[1], own[i]);
                watches_[code(own[1])].push_back(c);
                return -2;
            }
        if (value(own[0]) < 0) return c;
        enqueue(own[0], c);
        return NONE;
    }

    // Derive a lemma again from what stands before it.
    Lits derived(int32_t lemma) {
        const size_t length = trail_.size();
        const int32_t* own = begin(lemma);
        Lits hints;
        int32_t conflict = NONE;
        for (int32_t i = 0; i < size(lemma) && hints.empty(); ++i) {
            const int32_t why = value(own[i]) > 0 ? reason_[variable(own[i])] : NONE;
            if (why != NONE) hints = derivation(why);
            else if (!value(own[i])) enqueue(-own[i], NONE);
        }
        if (hints.empty()) {
            conflict = propagate();
            if (conflict == NONE) throw std::runtime_error("a lemma does not follow by unit propagation");
            hints = derivation(conflict);
        }
        undo(length);
        return hints;
    }

    // The reasons that lead to a conflict, in the order in which they are to be used, the false clause last.
    Lits derivation(int32_t conflict) {
        Lits used{conflict};
        see(conflict);
        for (size_t i = trail_.size(); i-- > 0;) {
            const size_t var = variable(trail_[i]);
            if (!seen_[var]) continue;
            seen_[var] = 0;
            const int32_t why = reason_[var];
            if (why == NONE || why == conflict) continue;
            used.push_back(why);
            see(why);
        }
        for (int32_t c : used) needed_[static_cast<size_t>(c)] = 1;
        std::reverse(used.begin(), used.end());
        return used;
    }

    void see(int32_t c) {
        const int32_t* own = begin(c);
        for (int32_t i = 0; i < size(c); ++i) seen_[variable(own[i])] = 1;
    }

    static Lits entry(int32_t lemma, const Lits& hints) {
        Lits found{lemma, static_cast<int32_t>(hints.size())};
        found.insert(found.end(), hints.begin(), hints.end());
        return found;
    }
};

PyObject* trim(PyObject*, PyObject* args) {
    const char *clauses, *lemmas;
    Py_ssize_t many, more;
    double seconds;
    if (!PyArg_ParseTuple(args, "y#y#d", &clauses, &many, &lemmas, &more, &seconds)) return nullptr;
    Lits found;
    std::string fault;
    bool late = false;
    Py_BEGIN_ALLOW_THREADS;
    try {
        const size_t width = sizeof(int32_t);
        Lits first(static_cast<size_t>(many) / width), second(static_cast<size_t>(more) / width);
        if (!first.empty()) std::memcpy(first.data(), clauses, first.size() * width);
        if (!second.empty()) std::memcpy(second.data(), lemmas, second.size() * width);
        found = Trimmer(first.data(), first.size(), second.data(), second.size(), seconds).run();
    } catch (const OverTime&) {
        late = true;
    } catch (const std::exception& error) {
        fault = error.what();
    }
    Py_END_ALLOW_THREADS;
    if (late) Py_RETURN_NONE;
    if (!fault.empty()) {
        PyErr_SetString(PyExc_ValueError, fault.c_str());
        return nullptr;
    }
    return PyBytes_FromStringAndSize(reinterpret_cast<const char*>(found.data()),
                                     static_cast<Py_ssize_t>(found.size() * sizeof(int32_t)));
}

PyMethodDef methods[] = {
    {"trim", trim, METH_VARARGS, "trim(clauses, lemmas, seconds) -> needed lemmas with hints, None if late"},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef module_definition = {PyModuleDef_HEAD_INIT, "_trim", nullptr, -1, methods,
                                 nullptr,               nullptr, nullptr, nullptr};

}  // namespace

PyMODINIT_FUNC PyInit__trim(void) { return PyModule_Create(&module_definition); }
