"""Final accounts: one function per layout."""
from decimal import Decimal
from model import Department, CLASSES, chinese, plain
from form import tab, pipes, table, paged, beside, flatten
from budgets import OFFICE, three

INCOME = ["一、一般公共预算财政拨款收入", "二、政府性基金预算财政拨款收入", "三、国有资本经营预算财政拨款收入", "四、上级补助收入", "五、事业收入", "六、经营收入", "七、附属单位上缴收入", "八、其他收入"]


def numbered(rows, first, width):
    """Line numbers after the label, as 公开01表 has them."""
    return [[r[0], str(first + n)] + r[1:] for n, r in enumerate(rows)]


def split(a, rate="0.9"):
    return (a * Decimal(rate)).quantize(Decimal("0.01"))


def hubei(expected):
    """Standard forms 公开01–09 with line and column numbers, three code columns, carry-over on both ends."""
    d = Department(21, OFFICE + [("2130101", 420, 80, 30, "general"), ("2130122", 0, 0, 640, "general"), ("2130104", 200, 30, 0, "general"), ("2120804", 0, 0, 150, "fund"), ("2130122", 0, 0, 45, "other")], 2, 1, True, 120)
    m, org = d.money, "宜昌市夷陵区农业农村局"
    out = Decimal("35.18")
    inc = d.total() + out - d.carried_in
    t, whole = m(d.total()), m(d.total() + out)
    g, f, o = d.total("general"), d.total("fund"), d.total("other")
    gin = g + out - d.carried_in
    def top(n, title): return ["", title, f"公开{n:02d}表", f"部门：{org}　　　　　　　　　　　　　　　　　　　金额单位：万元"]
    L = ["2023年度", org + "部门决算", "", "目　录", "第一部分 部门概况", "第二部分 2023年度部门决算表", "一、收入支出决算总表", "二、收入决算表", "三、支出决算表", "四、财政拨款收入支出决算总表", "五、一般公共预算财政拨款支出决算表", "六、一般公共预算财政拨款基本支出决算明细表", "七、财政拨款“三公”经费支出决算表", "八、政府性基金预算财政拨款收入支出决算表", "九、国有资本经营预算财政拨款支出决算表", "第三部分 2023年度部门决算情况说明", "第四部分 名词解释", "",
         "第一部分 " + org + "概况", "一、部门主要职责", "统筹研究和组织实施“三农”工作的发展战略。", "二、机构设置情况", "从单位构成看，夷陵区农业农村局部门决算由实行独立核算的局本级决算和2个下属单位决算组成。", "其中：行政单位1个、参照公务员法管理事业单位1个、公益一类事业单位1个。", "", "第二部分 2023年度部门决算表"]
    left = [[INCOME[0], m(gin)], [INCOME[1], m(f)]] + [[x, ""] for x in INCOME[2:7]] + [[INCOME[7], m(o)]]
    slots = [[chinese(n) + "、" + name, m(d.total(prefix=c))] for n, (c, name) in enumerate(CLASSES.items(), 1)]
    left += [["", ""]] * (len(slots) - len(left))
    rows = [[l[0], str(n)] + l[1:] + [r[0], str(n + 24)] + r[1:] for n, (l, r) in enumerate(zip(left, slots), 1)]
    rows += [["本年收入合计", "20", m(inc), "本年支出合计", "44", t], ["使用非财政拨款结余（含专用结余）", "21", "", "结余分配", "45", ""], ["年初结转和结余", "22", m(d.carried_in), "年末结转和结余", "46", m(out)], ["总计", "24", whole, "总计", "48", whole]]
    L += top(1, "收入支出决算总表") + paged([[("收入", 3, 1), ("支出", 3, 1)], ["项目", "行次", "金额", "项目", "行次", "金额"], ["栏次", "", "1", "栏次", "", "2"]], rows, 14, lambda p: ["", "4", ""], repeat_head=False) + ["注：1.本表反映部门本年度的总收支和年末结转结余情况。", "2.本套报表金额单位转换时可能存在尾数误差。"]
    def codes(c): return [c[:3], c[3:5], c[5:]]
    def three_head(cols, n): return [[("项目", 4, 1)] + [(c, 1, 3) for c in cols], [("科目代码", 3, 2), ("科目名称", 1, 2)], [], ["类", "款", "项", "栏次"] + [str(i + 1) for i in range(n)]]
    def one_head(cols): return [[("项目", 2, 1)] + [(c, 1, 2) for c in cols], ["科目代码", "科目名称"], [("栏次", 2, 1)] + [str(i + 1) for i in range(len(cols))]]
    home = "2130122"
    def income(c):
        at = home.startswith(c)
        a = d.total("general", c) + d.total("fund", c) + (out - d.carried_in if at else 0)
        return [m(a + d.total("other", c)), m(a), "", "", "", "", m(d.total("other", c))]
    L += top(2, "收入决算表") + tab(one_head(["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]), [[("合计", 2, 1)] + income("")] + [[c, d.name(c)] + income(c) for c in d.tree()]) + ["注：本表反映部门本年度取得的各项收入情况。"]
    L += top(3, "支出决算表") + paged(one_head(["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]), [[("合计", 2, 1), t, m(d.basic()), m(d.project()), "", "", ""]] + [[c, d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.project(prefix=c)), "", "", ""] for c in d.tree()], 14, lambda p: ["", "6", ""])
    left = [["一、一般公共预算财政拨款", m(gin)], ["二、政府性基金预算财政拨款", m(f)], ["三、国有资本经营预算财政拨款", ""]]
    slots = [[chinese(n) + "、" + name, m(d.total("general", c) + d.total("fund", c)), m(d.total("general", c)), m(d.total("fund", c)), ""] for n, (c, name) in enumerate(CLASSES.items(), 1)]
    left += [["", ""]] * (len(slots) - 3)
    rows = [[l[0], str(n)] + l[1:] + [r[0], str(n + 24)] + r[1:] for n, (l, r) in enumerate(zip(left, slots), 1)]
    rows += [["本年收入合计", "20", m(gin + f), "本年支出合计", "44", m(g + f), m(g), m(f), ""], ["年初财政拨款结转和结余", "21", m(d.carried_in), "年末财政拨款结转和结余", "45", m(out), m(out), "", ""], ["一般公共预算财政拨款", "22", m(d.carried_in), "", "46", "", "", "", ""], ["政府性基金预算财政拨款", "23", "", "", "47", "", "", "", ""], ["总计", "24", m(g + f + out), "总计", "48", m(g + f + out), m(g + out), m(f), ""]]
    L += top(4, "财政拨款收入支出决算总表") + tab([[("收     入", 3, 1), ("支     出", 6, 1)], ["项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"], ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"]], rows)
    L += top(5, "一般公共预算财政拨款支出决算表") + tab([[("项目", 2, 1), ("本年支出", 3, 1)], ["科目代码", "科目名称", "小计", "基本支出", "项目支出"], [("栏次", 2, 1), "1", "2", "3"]], [[("合计", 2, 1), m(g), m(d.basic("general")), m(d.project("general"))]] + [[c, d.name(c), m(d.total("general", c)), m(d.basic("general", c)), m(d.project("general", c))] for c in d.tree("general")])
    p, op = d.sum(1), d.sum(2)
    econ = d.economic_tree()
    pl, ol = [[c, n, m(a)] for c, n, a in econ if c[:3] in ("301", "303")], [[c, n, m(a)] for c, n, a in econ if c[:3] in ("302", "310")]
    half = (len(ol) + 1) // 2
    L += top(6, "一般公共预算财政拨款基本支出决算明细表") + tab([[("人员经费", 3, 1), ("公用经费", 6, 1)], ["科目代码", "科目名称", "金额"] * 3], beside(beside(pl, ol[:half], 3, 3), ol[half:], 6, 3) + [[("人员经费合计", 2, 1), m(p), ("公用经费合计", 5, 1), m(op)]])
    L += top(7, "财政拨款“三公”经费支出决算表") + tab([[("预算数", 6, 1), ("决算数", 6, 1)], [("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行维护费", 3, 1), ("公务接待费", 1, 2)] * 2, ["小计", "公务用车购置费", "公务用车运行维护费"] * 2, [str(n) for n in range(1, 13)]], [["30.00", "", "24.00", "", "24.00", "6.00", "27.35", "", "22.10", "", "22.10", "5.25"]]) + ["注：本表反映部门本年度财政拨款“三公”经费支出预决算情况。其中，预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。"]
    L += top(8, "政府性基金预算财政拨款收入支出决算表") + tab([[("项目", 2, 1), ("年初结转和结余", 1, 2), ("本年收入", 1, 2), ("本年支出", 3, 1), ("年末结转和结余", 1, 2)], ["科目代码", "科目名称", "小计", "基本支出", "项目支出"], [("栏次", 2, 1), "1", "2", "3", "4", "5", "6"]], [[("合计", 2, 1), "", m(f), m(f), "", m(f), ""]] + [[c, d.name(c), "", m(f), m(f), "", m(f), ""] for c in d.tree("fund")])
    L += top(9, "国有资本经营预算财政拨款支出决算表") + tab([[("项目", 2, 1), ("本年支出", 3, 1)], ["科目代码", "科目名称", "合计", "基本支出", "项目支出"], [("栏次", 2, 1), "1", "2", "3"]], [[("合计", 2, 1), "", "", ""]]) + ["说明：本部门当年无国有资本经营预算财政拨款支出，故本表为空表。"]
    L += ["", "第三部分 2023年度部门决算情况说明", "一、收入支出决算总体情况说明", f"2023年度收、支总计均为{whole}万元。与2022年度相比，收、支总计各增加58.31万元，增长{58.31/float(d.total()+out-Decimal('58.31'))*100:.1f}%，主要原因是项目资金增加。", "二、收入决算情况说明", f"2023年度收入合计{m(inc)}万元，与2022年度相比，收入合计增加42.00万元。其中：财政拨款收入{m(gin + f)}万元，占本年收入{(gin+f)/inc*100:.1f}%；其他收入{m(o)}万元，占本年收入{o/inc*100:.1f}%。", "三、支出决算情况说明", f"2023年度支出合计{t}万元，其中：基本支出{m(d.basic())}万元，占本年支出{d.basic()/d.total()*100:.1f}%；项目支出{m(d.project())}万元，占本年支出{d.project()/d.total()*100:.1f}%。", "七、财政拨款“三公”经费支出决算情况说明", "2023年度“三公”经费财政拨款支出全年预算数为30.00万元，支出决算为27.35万元，完成全年预算的91.2%。其中：因公出国（境）费支出决算为0万元；公务用车购置及运行维护费支出决算为22.10万元，完成全年预算的92.1%；公务接待费支出决算为5.25万元，完成全年预算的87.5%。", "八、机关运行经费支出说明", "本部门2023年度机关运行经费支出96.40万元，比年初预算数减少2.10万元，降低2.1%。"]
    b, fin = three(("0", "0", "24.00", "6.00")), three(("0", "0", "22.10", "5.25"))
    return "hubei_district_final.txt", L, expected(d, org, 2023, "final", "万元", {"budget": b, "final": fin}, carried_out=out, current_year_income=plain(inc), current_year_expenditure=plain(d.total()), carried_in=plain(d.carried_in), operating_funds="96.40", personnel=plain(p), public=plain(op))


def jiangxi(expected):
    """Yuan, HTML with spans, budget and account interleaved by item, functions in three code cells."""
    d = Department(22, OFFICE + [("2110101", 260, 52, 0, "general"), ("2110301", 0, 0, 130, "general"), ("2110302", 0, 0, 210, "general")], 2, 10000, True, 0)
    m, org = d.money, "赣州市南康生态环境局"
    t = m(d.total())
    def page(n, title, width, head, body):
        return [f"<p>公开{n:02d}表</p>", f"<p><b>{title}</b></p>", f"<p>编制单位：{org}&nbsp;&nbsp;&nbsp;&nbsp;2024年度&nbsp;&nbsp;&nbsp;&nbsp;金额单位：元</p>"] + table(head, body)
    L = ["<html><body>", f"<h1>{org}2024年度部门决算</h1>", "<h2>第一部分 部门概况</h2>", "<p>一、部门主要职责</p><p>负责本辖区生态环境监督管理。</p>", "<h2>第二部分 2024年度部门决算表</h2>"]
    left = [[INCOME[0], t]] + [[x, "0.00"] for x in INCOME[1:]]
    right = [[chinese(n) + "、" + d.name(c), m(d.total(prefix=c))] for n, c in enumerate(d.codes(1), 1)]
    height = max(len(left), len(right))
    rows = [[l[0], str(n)] + l[1:] + [r[0], str(n + 31)] + r[1:] for n, (l, r) in enumerate(zip(left + [["", ""]] * (height - len(left)), right + [["", ""]] * (height - len(right))), 1)]
    rows += [["本年收入合计", "27", t, "本年支出合计", "58", t], ["使用专用结余", "28", "0.00", "结余分配", "59", "0.00"], ["年初结转和结余", "29", "0.00", "年末结转和结余", "60", "0.00"], ["总计", "31", t, "总计", "62", t]]
    L += page(1, "收入支出决算总表", 6, [[("收入", 3, 1), ("支出", 3, 1)], ["项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数"], ["栏次", "", "1", "栏次", "", "2"]], rows)
    def wide(c): return [(c, 3, 1), d.name(c)]
    def head(cols): return [[("项目", 4, 1)] + [(c, 1, 4) for c in cols], [("支出功能分类科目编码", 3, 3), ("科目名称", 1, 2)], [], [], ["类", "款", "项", "栏次"] + [str(n) for n in range(1, len(cols) + 1)]]
    def head(cols): return [[("项目", 4, 1)] + [(c, 1, 2) for c in cols], [("功能分类科目编码", 3, 1), "科目名称"], [("栏次", 4, 1)] + [str(n) for n in range(1, len(cols) + 1)]]
    L += page(2, "收入决算表", 11, head(["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]), [[("合计", 4, 1), t, t, "0.00", "0.00", "0.00", "0.00", "0.00"]] + [wide(c) + [m(d.total(prefix=c))] * 2 + ["0.00"] * 5 for c in d.tree()])
    L += page(3, "支出决算表", 10, head(["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]), [[("合计", 4, 1), t, m(d.basic()), m(d.project()), "0.00", "0.00", "0.00"]] + [wide(c) + [m(d.total(prefix=c)), m(d.basic(prefix=c), False), m(d.project(prefix=c), False)] + ["0.00"] * 3 for c in d.tree()])
    right4 = [[chinese(n) + "、" + d.name(c), m(d.total(prefix=c)), m(d.total(prefix=c)), "0.00", "0.00"] for n, c in enumerate(d.codes(1), 1)]
    left4 = [["一、一般公共预算财政拨款", t], ["二、政府性基金预算财政拨款", "0.00"], ["三、国有资本经营预算财政拨款", "0.00"]]
    h = max(len(left4), len(right4))
    rows = [[l[0], str(n)] + l[1:] + [r[0], str(n + 32)] + r[1:] for n, (l, r) in enumerate(zip(left4 + [["", ""]] * (h - len(left4)), right4 + [[""] * 5] * (h - len(right4))), 1)]
    rows += [["本年收入合计", "27", t, "本年支出合计", "59", t, t, "0.00", "0.00"], ["年初财政拨款结转和结余", "28", "0.00", "年末财政拨款结转和结余", "60", "0.00", "0.00", "0.00", "0.00"], ["总计", "32", t, "总计", "64", t, t, "0.00", "0.00"]]
    L += page(4, "财政拨款收入支出决算总表", 9, [[("收     入", 3, 1), ("支     出", 6, 1)], ["项    目", "行次", "金额", "项目（按功能分类）", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"], ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"]], rows)
    L += page(5, "一般公共预算财政拨款支出决算表", 7, [[("项目", 4, 1), ("本年支出", 3, 1)], [("功能分类科目编码", 3, 1), "科目名称", "小计", "基本支出", "项目支出"], [("栏次", 4, 1), "1", "2", "3"]], [[("合计", 4, 1), t, m(d.basic()), m(d.project())]] + [wide(c) + [m(d.total(prefix=c)), m(d.basic(prefix=c), False), m(d.project(prefix=c), False)] for c in d.tree()])
    econ = d.economic_tree()
    pl, ol = [[c, n, m(a)] for c, n, a in econ if c[:3] in ("301", "303")], [[c, n, m(a)] for c, n, a in econ if c[:3] in ("302", "310")]
    L += page(6, "一般公共预算财政拨款基本支出决算表", 6, [[("人员经费", 3, 1), ("公用经费", 3, 1)], ["经济分类科目编码", "科目名称", "决算数", "经济分类科目编码", "科目名称", "决算数"]], beside(pl, ol, 3, 3) + [[("人员经费合计", 2, 1), m(d.sum(1)), ("公用经费合计", 2, 1), m(d.sum(2))]])
    L += page(7, "政府性基金预算财政拨款收入支出决算表", 7, [[("项目", 4, 1), ("年初结转和结余", 1, 2), ("本年收入", 1, 2), ("本年支出", 3, 1), ("年末结转和结余", 1, 2)], [("功能分类科目编码", 3, 1), "科目名称", "小计", "基本支出", "项目支出"]], [[("合计", 4, 1)] + [""] * 6]) + ["<p>注：本部门本年度无政府性基金预算财政拨款收支，故本表为空表。</p>"]
    L += page(9, "财政拨款“三公”经费支出决算表", 5, [["项目", "栏次", "年初预算数", "全年预算数", "决算数"]], [["合计", "1", "60,000.00", "60,000.00", "51,230.50"], ["1.因公出国（境）费", "2", "0.00", "0.00", "0.00"], ["2.公务用车购置及运行维护费", "3", "40,000.00", "40,000.00", "38,110.50"], ["（1）公务用车购置费", "4", "0.00", "0.00", "0.00"], ["（2）公务用车运行维护费", "5", "40,000.00", "40,000.00", "38,110.50"], ["3.公务接待费", "6", "20,000.00", "20,000.00", "13,120.00"], ["（1）国内接待费", "7", "—", "—", "13,120.00"], ["（2）国（境）外接待费", "8", "—", "—", "0.00"]])
    L += page(10, "机构运行信息表", 6, [["项目", "行次", "统计数", "项目", "行次", "统计数"]], [["一、“三公”经费支出", "1", "—", "二、机关运行经费", "23", m(d.sum(2))], ["（一）支出合计", "2", "51,230.50", "（一）行政单位", "24", m(d.sum(2))], ["（二）相关统计数", "12", "—", "三、资产信息", "27", "—"], ["公务用车保有量（辆）", "16", "2", "（一）车辆数合计（辆）", "28", "2"], ["国内公务接待批次（个）", "17", "9", "（二）单价100万元（含）以上设备（不含车辆）", "38", "0"], ["国内公务接待人次（人）", "19", "86", "", "", ""]])
    w = lambda v: f"{v/10000:.2f}"
    L += ["<h2>第三部分 2024年度部门决算情况说明</h2>", "<p>一、收入决算情况说明</p>", f"<p>本部门2024年度收入总计{w(d.total())}万元，其中年初结转和结余0万元，较2023年减少0万元；本年收入合计{w(d.total())}万元，较2023年增加20.32万元，主要原因是：项目增加。本年收入的具体构成为：财政拨款收入{w(d.total())}万元，占100%。</p>", "<p>二、支出决算情况说明</p>", f"<p>本部门2024年度支出总计{w(d.total())}万元，其中本年支出合计{w(d.total())}万元，较2023年增加20.32万元；年末结转和结余0万元。本年支出的具体构成为：基本支出{w(d.basic())}万元，占{d.basic()/d.total()*100:.2f}%；项目支出{w(d.project())}万元，占{d.project()/d.total()*100:.2f}%。</p>", "<p>六、机关运行经费支出情况说明</p>", f"<p>本部门2024年度机关运行经费支出{w(d.sum(2))}万元，较上年决算数减少1.30万元。</p>", "</body></html>"]
    b, fin = three(("0", "0", "40000.00", "20000.00")), three(("0", "0", "38110.50", "13120.00"))
    return "jiangxi_branch_final.html", L, expected(d, org, 2024, "final", "元", {"budget": b, "final": fin}, current_year_income=plain(d.total()), current_year_expenditure=plain(d.total()), operating_funds=w(d.sum(2)) + " (万元)", personnel=plain(d.sum(1)), public=plain(d.sum(2)))


def gansu(expected):
    """Older forms: 财政拨款收入 with 其中, budget and account as two amounts per side, 类款项 apart with blanks."""
    d = Department(23, OFFICE + [("2050101", 120, 26, 0, "general"), ("2050202", 800, 90, 60, "general"), ("2050204", 500, 70, 40, "general"), ("2050202", 0, 12, 9, "business")], 2, 1, False, 60)
    m, org = d.money, "甘肃省定西市渭源县教育局"
    out = Decimal("12.07")
    inc = d.total() + out - d.carried_in
    g, b = d.total("general"), d.total("business")
    gin = g + out - d.carried_in
    L = [org, "2018年度部门决算公开报告", "", "一、部门概况", "（一）主要职能", "贯彻执行党和国家的教育方针。", "（二）机构情况", "县教育局内设5个股室。", "二、2018年度部门决算表", ""]
    def top(n, title): return [title, f"财决公开{n:02d}表", "部门：" + org + "\t\t\t\t单位：万元"]
    def est(v): return (v * Decimal("0.96")).quantize(Decimal("0.01"))
    left = [["一、财政拨款收入", gin], ["　　其中：政府性基金预算财政拨款", 0], ["二、上级补助收入", 0], ["三、事业收入", b], ["四、经营收入", 0], ["五、附属单位上缴收入", 0], ["六、其他收入", 0]]
    right = [[chinese(n) + "、" + name.replace("卫生健康支出", "医疗卫生与计划生育支出").replace("文化旅游体育与传媒支出", "文化体育与传媒支出"), d.total(prefix=c)] for n, (c, name) in enumerate(CLASSES.items(), 1) if c not in ("223", "224")]
    left = [[n, m(est(a)) if a else "", m(a) if a else ""] for n, a in left]
    right = [[n, m(est(a)) if a else "", m(a) if a else ""] for n, a in right]
    L += top(1, "收入支出决算总表") + tab([[("收入", 3, 1), ("支出", 3, 1)], ["项目", "年初预算数", "决算数", "项目", "年初预算数", "决算数"]], beside(left, right, 3, 3) + [["本年收入合计", m(est(inc)), m(inc), "本年支出合计", m(est(d.total())), m(d.total())], ["用事业基金弥补收支差额", "", "", "结余分配", "", ""], ["年初结转和结余", m(est(d.carried_in)), m(d.carried_in), "年末结转和结余", m(est(out)), m(out)], ["总计", m(est(inc) + est(d.carried_in)), m(inc + d.carried_in), "总计", m(est(d.total()) + est(out)), m(d.total() + out)]]) + [""]
    def codes(c): return [c[:3] if len(c) == 3 else "", c[3:5] if len(c) == 5 else "", c[5:]]
    home = "2050202"
    def income(c):
        at = home.startswith(c)
        a = d.total("general", c) + (out - d.carried_in if at else 0)
        return [m(a + d.total("business", c)), m(a), "", m(d.total("business", c)), "", "", ""]
    def heads(cols): return [[("项目", 4, 1)] + [(c, 1, 3) for c in cols], [("功能分类科目编码", 3, 1), ("科目名称", 1, 2)], ["类", "款", "项"]]
    L += top(2, "收入决算表") + tab(heads(["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]), [["", "", "", "合计"] + income("")] + [codes(c) + [d.name(c)] + income(c) for c in d.tree()]) + [""]
    L += top(3, "支出决算表") + paged(heads(["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]), [["", "", "", "合计", m(d.total()), m(d.basic()), m(d.project()), "", "", ""]] + [codes(c) + [d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.project(prefix=c)), "", "", ""] for c in d.tree()], 8, lambda p: ["- %d -" % (p + 5), ""]) + [""]
    L += top(4, "财政拨款收入支出决算总表") + tab([[("收入", 2, 1), ("支出", 4, 1)], ["项目", "金额", "项目", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款"]], beside([["一、一般公共预算财政拨款", m(gin)], ["二、政府性基金预算财政拨款", ""]], [[chinese(n) + "、" + d.name(c), m(d.total("general", c)), m(d.total("general", c)), ""] for n, c in enumerate(d.codes(1), 1)], 2, 4) + [["本年收入合计", m(gin), "本年支出合计", m(g), m(g), ""], ["年初财政拨款结转和结余", m(d.carried_in), "年末财政拨款结转和结余", m(out), m(out), ""], ["总计", m(g + out), "总计", m(g + out), m(g + out), ""]]) + [""]
    L += top(5, "一般公共预算财政拨款支出决算表") + tab([[("项目", 4, 1), ("本年支出", 3, 1)], [("功能分类科目编码", 3, 1), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 1, 2), ("项目支出", 1, 2)], ["类", "款", "项"]], [["", "", "", "合计", m(g), m(d.basic("general")), m(d.project("general"))]] + [codes(c) + [d.name(c), m(d.total("general", c)), m(d.basic("general", c)), m(d.project("general", c))] for c in d.tree("general")]) + [""]
    p, o = d.sum(1, "general"), d.sum(2, "general")
    L += top(6, "一般公共预算财政拨款基本支出决算表") + tab([[("项目", 2, 1), ("本年支出", 3, 1)], ["经济分类科目编码", "科目名称", "合计", "人员经费", "公用经费"]], [["", "合计", m(p + o), m(p), m(o)]] + [[c, n, m(a), m(a) if c[:3] in ("301", "303") else "", m(a) if c[:3] in ("302", "310") else ""] for c, n, a in d.economic_tree()]) + [""]
    L += top(7, "一般公共预算财政拨款“三公”经费支出决算表") + tab([["项目", "2018年年初预算数", "2018年决算数"]], [["“三公”经费支出合计", "7.00", "5.88"], ["（一）因公出国（境）费", "0.00", "0.00"], ["（二）公务用车购置及运行维护费", "5.00", "4.60"], ["1.公务用车购置费", "0.00", "0.00"], ["2.公务用车运行维护费", "5.00", "4.60"], ["（三）公务接待费", "2.00", "1.28"]]) + ["", "政府性基金预算财政拨款收入支出决算表", "财决公开08表", "本部门无政府性基金预算财政拨款收支，此表为空表。", ""]
    L += ["三、2018年度部门决算情况说明", f"（一）收入支出决算总体情况。2018年度收入总计{m(inc + d.carried_in)}万元，支出总计{m(d.total() + out)}万元。与2017年相比，收、支总计各增加31.20万元，主要原因是教师调资。", f"（二）收入决算情况。本年收入合计{m(inc)}万元，其中：财政拨款收入{m(gin)}万元，占{gin/inc*100:.2f}%；事业收入{m(b)}万元，占{b/inc*100:.2f}%。", f"（三）支出决算情况。本年支出合计{m(d.total())}万元，其中：基本支出{m(d.basic())}万元，占{d.basic()/d.total()*100:.2f}%；项目支出{m(d.project())}万元，占{d.project()/d.total()*100:.2f}%。", "（四）“三公”经费情况。2018年度“三公”经费财政拨款支出预算为7.00万元，支出决算为5.88万元，完成预算的84.00%。", "（五）机关运行经费支出情况。2018年度机关运行经费支出24.10万元，比2017年减少0.90万元，下降3.60%。"]
    return "gansu_county_final.txt", L, expected(d, org, 2018, "final", "万元", {"budget": three(("0", "0", "5.00", "2.00")), "final": three(("0", "0", "4.60", "1.28"))}, carried_out=out, current_year_income=plain(inc), current_year_expenditure=plain(d.total()), carried_in=plain(d.carried_in), operating_funds="24.10", personnel=plain(p), public=plain(o))


def liaoning(expected):
    """Narrative only, final account; per item with its budget and its account."""
    d = Department(24, OFFICE + [("2010301", 300, 66, 0, "general"), ("2010302", 0, 0, 88, "general"), ("2010350", 70, 9, 0, "general")], 2, 1, False, 31)
    m, org = d.money, "铁岭市银州区人民政府办公室"
    inc = d.total() - d.carried_in
    t = m(d.total())
    details = []
    for n, c in enumerate(d.codes(3), 1):
        v = d.total(prefix=c)
        details.append(f"{n}.{d.name(c[:3])}（类）{d.name(c[:5])}（款）{d.name(c)}（项）。年初预算为{m(split(v, '0.95'))}万元，支出决算为{m(v)}万元，完成年初预算的{v/split(v, '0.95')*100:.1f}%。决算数大于年初预算数的主要原因是追加经费。")
    L = ["2022年度" + org + "部门决算", "", "目录", "一、部门概况", "二、部门决算情况说明", "", "一、部门概况", "负责区政府日常工作。", "二、2022年度部门决算情况说明", "（一）收入支出决算总体情况", f"2022年度收入总计{t}万元，包括：本年收入{m(inc)}万元，年初结转和结余{m(d.carried_in)}万元。支出总计{t}万元，包括：本年支出{t}万元，年末结转和结余0万元。与上年相比，收、支总计减少14.30万元，下降{14.3/float(d.total()+Decimal('14.3'))*100:.1f}%。主要原因：压减一般性支出。",
         "（二）收入决算情况", f"2022年度本年收入合计{m(inc)}万元，其中：一般公共预算财政拨款收入{m(inc)}万元，占100%。", "（三）支出决算情况", f"2022年度本年支出合计{t}万元，其中：基本支出{m(d.basic())}万元，占{d.basic()/d.total()*100:.1f}%；项目支出{m(d.project())}万元，占{d.project()/d.total()*100:.1f}%；经营支出0万元，占0%。",
         "（五）一般公共预算财政拨款支出决算情况", "1.一般公共预算财政拨款支出决算总体情况。", f"2022年度一般公共预算财政拨款支出{t}万元，占本年支出合计的100%。", "2.一般公共预算财政拨款支出决算结构情况。", "2022年度一般公共预算财政拨款支出主要用于以下方面：" + "；".join(f"{d.name(c)}（类）支出{m(d.total(prefix=c))}万元，占{d.total(prefix=c)/d.total()*100:.1f}%" for c in d.codes(1)) + "。", "3.一般公共预算财政拨款支出决算具体情况。", *details,
         "（六）一般公共预算财政拨款基本支出决算情况", f"2022年度一般公共预算财政拨款基本支出{m(d.basic())}万元，其中：人员经费{m(d.sum(1))}万元，主要包括基本工资、津贴补贴、奖金；公用经费{m(d.sum(2))}万元，主要包括办公费、印刷费、水费。",
         "（七）“三公”经费支出决算情况", "2022年度“三公”经费财政拨款支出预算为16.00万元，支出决算为14.72万元，完成预算的92.0%，比上年减少0.55万元。其中：因公出国（境）费支出决算为0万元，占0%；公务用车购置及运行费支出决算为13.50万元，占91.7%；公务接待费支出决算为1.22万元，占8.3%。具体情况如下：", "1.因公出国（境）费预算为0万元，支出决算为0万元。全年使用财政拨款安排出国（境）团组0个，累计0人次。", "2.公务用车购置及运行费预算为14.00万元，支出决算为13.50万元，完成预算的96.4%。其中：公务用车购置支出0万元；公务用车运行支出13.50万元。2022年期末，开支财政拨款的公务用车保有量为5辆。", "3.公务接待费预算为2.00万元，支出决算为1.22万元，完成预算的61.0%。其中：国内接待费1.22万元，共接待12批次、98人次。",
         "（八）机关运行经费支出情况", f"2022年度机关运行经费支出{m(d.sum(2))}万元，比上年减少3.10万元，降低{3.1/float(d.sum(2)+Decimal('3.1'))*100:.1f}%。主要原因是厉行节约。", "（九）政府采购支出情况", "2022年度政府采购支出总额8.80万元，其中：政府采购货物支出8.80万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额8.80万元，占政府采购支出总额的100%。"]
    items = {c: {"name": d.name(c), "total": plain(d.total(prefix=c))} for c in d.codes(3)}
    classes = {c: {"name": d.name(c), "total": plain(d.total(prefix=c))} for c in d.codes(1)}
    fin = three(("0", "0", "13.50", "1.22"))
    b = {"total": "16.00", "abroad": "0", "vehicle_total": "14.00", "reception": "2.00"}
    return "liaoning_narrative_final.txt", L, expected(d, org, 2022, "final", "万元", {"budget": b, "final": fin}, current_year_income=plain(inc), current_year_expenditure=plain(d.total()), carried_in=plain(d.carried_in), operating_funds=m(d.sum(2)), personnel=plain(d.sum(1)), public=plain(d.sum(2)), by_item=items, by_function=classes)


def xinjiang(expected):
    """Markdown, collapsed heads, unit line below the title, account of a single unit."""
    d = Department(25, OFFICE[1:] + [("2080502", 25, 1, 0, "general"), ("2130104", 320, 40, 0, "general"), ("2130106", 0, 0, 95, "general"), ("2130119", 0, 0, 42, "general")], 2, 1, True, 15)
    m, org = d.money, "新疆维吾尔自治区巴音郭楞蒙古自治州农业技术推广中心"
    out = Decimal("6.40")
    inc = d.total() + out - d.carried_in
    t, whole = m(d.total()), m(d.total() + out)
    L = ["# " + org, "# 2023年度单位决算公开说明", "", "## 第一部分 单位概况", "", "一、主要职能", "", "承担农业技术推广工作。", "", "## 第二部分 单位决算情况说明", "", "### 一、收入支出决算总体情况说明", "", f"2023年度收入总计{whole}万元，其中：本年收入合计{m(inc)}万元，使用非财政拨款结余（含专用结余）0.00万元，年初结转和结余{m(d.carried_in)}万元。", "", f"2023年度支出总计{whole}万元，其中：本年支出合计{t}万元，结余分配0.00万元，年末结转和结余{m(out)}万元。", "", "收入支出总计与上年相比，增加25.66万元，增长4.10%，主要原因是：新增项目。", "",
         "### 三、支出决算情况说明", "", f"2023年度本年支出{t}万元，其中：基本支出{m(d.basic())}万元，占{d.basic()/d.total()*100:.2f}%；项目支出{m(d.project())}万元，占{d.project()/d.total()*100:.2f}%；上缴上级支出0.00万元，占0.00%。", "",
         "### 八、财政拨款“三公”经费支出决算情况说明", "", "2023年度财政拨款“三公”经费支出全口径决算4.35万元，比上年增加0.15万元，增长3.57%，主要原因是：车辆老化。其中：因公出国（境）费支出0.00万元，占0.00%；公务用车购置及运行维护费支出4.20万元，占96.55%；公务接待费支出0.15万元，占3.45%。与年初预算数相比情况：财政拨款“三公”经费支出全年预算数4.50万元，决算数4.35万元，预决算差异率-3.33%。", "", "### 十、其他重要事项的情况说明", "", "（一）机关运行经费及公用经费支出情况", "", f"2023年度本单位（事业单位）公用经费支出{m(d.sum(2))}万元，比上年增加1.20万元。", "", "## 第三部分 单位决算报表", ""]
    def top(n, title): return ["", f"**{title}**", "", f"公开{n:02d}表", f"编制单位：{org} 金额单位：万元", ""]
    left = [[INCOME[0], m(inc)]] + [[x, "0.00"] for x in INCOME[1:]]
    slots = [[chinese(n) + "、" + name, m(d.total(prefix=c), False)] for n, (c, name) in enumerate(CLASSES.items(), 1)]
    left += [["", ""]] * (len(slots) - len(left))
    rows = [[l[0], str(n)] + l[1:] + [r[0], str(n + 31)] + r[1:] for n, (l, r) in enumerate(zip(left, slots), 1)]
    rows += [["**本年收入合计**", "27", m(inc), "**本年支出合计**", "58", t], ["使用非财政拨款结余（含专用结余）", "28", "0.00", "结余分配", "59", "0.00"], ["年初结转和结余", "29", m(d.carried_in), "年末结转和结余", "60", m(out)], ["**总计**", "31", whole, "**总计**", "62", whole]]
    L += top(1, "收入支出决算总表") + pipes([["项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数"], ["栏次", "", "1", "栏次", "", "2"]], rows)
    home = "2130106"
    def income(c):
        a = d.total(prefix=c) + (out - d.carried_in if home.startswith(c) else 0)
        return [m(a), m(a)] + ["0.00"] * 5
    L += top(2, "收入决算表") + pipes([["科目编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"], ["栏次", "栏次", "1", "2", "3", "4", "5", "6", "7"]], [["合计", "合计"] + income("")] + [[c, d.name(c)] + income(c) for c in d.tree()])
    L += top(3, "支出决算表") + pipes([["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"], ["栏次", "栏次", "1", "2", "3", "4", "5", "6"]], [["合计", "合计", t, m(d.basic()), m(d.project()), "0.00", "0.00", "0.00"]] + [[c, d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c), False), m(d.project(prefix=c), False), "0.00", "0.00", "0.00"] for c in d.tree()])
    rows = [[l[0], str(n)] + l[1:] + [r[0], str(n + 32), r[1], r[1], "0.00", "0.00"] for n, (l, r) in enumerate(zip(left, slots), 1)]
    rows = [["一、一般公共预算财政拨款" if i == 0 else r[0] if i > 2 and False else ["", "二、政府性基金预算财政拨款", "三、国有资本经营预算财政拨款"][i] if i < 3 else ""] + r[1:2] + [m(inc) if i == 0 else "0.00" if i < 3 else ""] + r[3:] for i, r in enumerate(rows)]
    rows += [["本年收入合计", "27", m(inc), "本年支出合计", "59", t, t, "0.00", "0.00"], ["年初财政拨款结转和结余", "28", m(d.carried_in), "年末财政拨款结转和结余", "60", m(out), m(out), "0.00", "0.00"], ["总计", "32", whole, "总计", "64", whole, whole, "0.00", "0.00"]]
    L += top(4, "财政拨款收入支出决算总表") + pipes([["项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"], ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"]], rows)
    L += top(5, "一般公共预算财政拨款支出决算表") + pipes([["科目编码", "科目名称", "本年支出小计", "基本支出", "项目支出"], ["栏次", "栏次", "1", "2", "3"]], [["合计", "合计", t, m(d.basic()), m(d.project())]] + [[c, d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c), False), m(d.project(prefix=c), False)] for c in d.tree()])
    econ = d.economic_tree()
    pl, ol = [[c, n, m(a)] for c, n, a in econ if c[:3] in ("301", "303")], [[c, n, m(a)] for c, n, a in econ if c[:3] in ("302", "310")]
    L += top(6, "一般公共预算财政拨款基本支出决算表") + pipes([["人员经费", "人员经费", "人员经费", "公用经费", "公用经费", "公用经费"], ["科目编码", "科目名称", "决算数"] * 2], beside(pl, ol, 3, 3) + [["人员经费合计", "人员经费合计", m(d.sum(1)), "公用经费合计", "公用经费合计", m(d.sum(2))]])
    L += top(7, "财政拨款“三公”经费支出决算表") + pipes([["预算数"] * 6 + ["决算数"] * 6, ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置及运行费", "公务用车购置及运行费", "公务接待费"] * 2, ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行费", "公务接待费"] * 2], [["4.50", "0.00", "4.30", "0.00", "4.30", "0.20", "4.35", "0.00", "4.20", "0.00", "4.20", "0.15"]])
    L += top(8, "政府性基金预算财政拨款收入支出决算表") + ["本单位没有政府性基金预算财政拨款收入支出，政府性基金预算财政拨款收入支出决算表为空表。"]
    return "xinjiang_unit_final.md", L, expected(d, org, 2023, "final", "万元", {"budget": three(("0", "0", "4.30", "0.20")), "final": three(("0", "0", "4.20", "0.15"))}, carried_out=out, current_year_income=plain(inc), current_year_expenditure=plain(d.total()), carried_in=plain(d.carried_in), personnel=plain(d.sum(1)), public=plain(d.sum(2)))


CASES = [hubei, jiangxi, gansu, liaoning, xinjiang]
