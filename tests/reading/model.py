"""A made-up department whose figures agree: functions, economic items, income, 三公."""
import random
from decimal import Decimal

CLASSES = {"201": "一般公共服务支出", "204": "公共安全支出", "205": "教育支出", "206": "科学技术支出",
           "207": "文化旅游体育与传媒支出", "208": "社会保障和就业支出", "210": "卫生健康支出", "211": "节能环保支出",
           "212": "城乡社区支出", "213": "农林水支出", "214": "交通运输支出", "215": "资源勘探工业信息等支出",
           "220": "自然资源海洋气象等支出", "221": "住房保障支出", "223": "国有资本经营预算支出",
           "224": "灾害防治及应急管理支出", "229": "其他支出"}
GROUPS = {"20103": "政府办公厅（室）及相关机构事务", "20106": "财政事务", "20113": "商贸事务", "20138": "市场监督管理事务",
          "20406": "司法", "20501": "教育管理事务", "20502": "普通教育", "20508": "进修及培训", "20601": "科学技术管理事务",
          "20701": "文化和旅游", "20805": "行政事业单位养老支出", "20808": "抚恤", "20899": "其他社会保障和就业支出",
          "21011": "行政事业单位医疗", "21101": "环境保护管理事务", "21103": "污染防治", "21208": "国有土地使用权出让收入安排的支出",
          "21301": "农业农村", "21303": "水利", "21401": "公路水路运输", "22001": "自然资源事务", "22102": "住房改革支出",
          "22301": "解决历史遗留问题及改革成本支出", "22401": "应急管理事务", "22960": "彩票公益金安排的支出"}
ITEMS = {"2010301": "行政运行", "2010302": "一般行政管理事务", "2010350": "事业运行", "2010601": "行政运行", "2010602": "一般行政管理事务",
         "2010699": "其他财政事务支出", "2011301": "行政运行", "2011308": "招商引资", "2013801": "行政运行", "2013804": "经营主体管理",
         "2013816": "食品安全监管", "2040601": "行政运行", "2040604": "基层司法业务", "2040607": "公共法律服务",
         "2050101": "行政运行", "2050201": "学前教育", "2050202": "小学教育", "2050203": "初中教育", "2050204": "高中教育",
         "2050803": "培训支出", "2060101": "行政运行", "2070101": "行政运行", "2070104": "图书馆", "2070109": "群众文化",
         "2080501": "行政单位离退休", "2080502": "事业单位离退休", "2080505": "机关事业单位基本养老保险缴费支出",
         "2080506": "机关事业单位职业年金缴费支出", "2080801": "死亡抚恤", "2089999": "其他社会保障和就业支出",
         "2101101": "行政单位医疗", "2101102": "事业单位医疗", "2101103": "公务员医疗补助",
         "2110101": "行政运行", "2110301": "大气", "2110302": "水体", "2120804": "农村基础设施建设支出",
         "2130101": "行政运行", "2130104": "事业运行", "2130106": "科技转化与推广服务", "2130119": "防灾救灾", "2130122": "农业生产发展",
         "2130301": "行政运行", "2130306": "水利工程运行与维护", "2130311": "水资源节约管理与保护", "2130314": "防汛",
         "2140101": "行政运行", "2140106": "公路养护", "2140112": "公路运输管理", "2200101": "行政运行", "2200106": "自然资源利用与保护",
         "2210201": "住房公积金", "2210202": "提租补贴", "2210203": "购房补贴", "2230105": "国有企业退休人员社会化管理补助支出",
         "2240101": "行政运行", "2240104": "灾害风险防治", "2240106": "安全监管", "2240109": "应急管理", "2296002": "用于社会福利的彩票公益金支出"}
PERSONNEL = [("30101", "基本工资"), ("30102", "津贴补贴"), ("30103", "奖金"), ("30107", "绩效工资"),
             ("30108", "机关事业单位基本养老保险缴费"), ("30109", "职业年金缴费"), ("30110", "职工基本医疗保险缴费"),
             ("30112", "其他社会保障缴费"), ("30113", "住房公积金"), ("30199", "其他工资福利支出"),
             ("30302", "退休费"), ("30305", "生活补助")]
OPERATING = [("30201", "办公费"), ("30202", "印刷费"), ("30205", "水费"), ("30206", "电费"), ("30207", "邮电费"),
             ("30211", "差旅费"), ("30213", "维修（护）费"), ("30215", "会议费"), ("30216", "培训费"),
             ("30217", "公务接待费"), ("30228", "工会经费"), ("30231", "公务用车运行维护费"), ("30239", "其他交通费用"),
             ("30299", "其他商品和服务支出"), ("31002", "办公设备购置")]
ECONOMIC_CLASSES = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助", "310": "资本性支出"}
ORDINALS = "一二三四五六七八九十"


def chinese(n):
    if n <= 10:
        return ORDINALS[n - 1]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else ORDINALS[tens - 1]) + "十" + (ORDINALS[ones - 1] if ones else "")


class Department:
    """`rows`: (code, personnel, operating, project, fund) in hundredths of the base size."""

    def __init__(self, seed, rows, digits=2, scale=1, thousands=False, carried=0):
        self.random = random.Random(seed)
        self.digits, self.thousands = digits, thousands
        quantum = Decimal(1).scaleb(-digits)
        def amount(about):
            if not about:
                return Decimal(0)
            value = Decimal(about) * Decimal(str(self.random.uniform(0.6, 1.4))) * scale
            value = value.quantize(quantum)
            return value + quantum * self.random.randint(1, 9)
        self.rows = [(code, amount(p), amount(o), amount(j), fund) for code, p, o, j, fund in sorted(rows)]
        self.carried_in = amount(carried)
        self.personnel_items = self.spread(self.sum(1, "general"), PERSONNEL)
        self.operating_items = self.spread(self.sum(2, "general"), OPERATING)
        self.economic = self.personnel_items + self.operating_items

    def spread(self, total, names):
        """Items that add up to `total`, with the printed precision."""
        weights = [self.random.randint(2, 20) for _ in names]
        whole = sum(weights)
        quantum = Decimal(1).scaleb(-self.digits)
        out = [(c, n, (total * w / whole).quantize(quantum)) for (c, n), w in zip(names, weights)]
        rest = total - sum(a for _, _, a in out)
        c, n, a = out[0]
        out[0] = (c, n, a + rest)
        return [row for row in out if row[2]]

    def sum(self, column=None, fund=None, prefix=""):
        columns = (1, 2, 3) if column is None else (column,)
        return sum((r[c] for r in self.rows for c in columns
                    if (fund is None or r[4] == fund) and r[0].startswith(prefix)), Decimal(0))

    def total(self, fund=None, prefix=""): return self.sum(None, fund, prefix)
    def basic(self, fund=None, prefix=""): return self.sum(1, fund, prefix) + self.sum(2, fund, prefix)
    def project(self, fund=None, prefix=""): return self.sum(3, fund, prefix)

    def codes(self, level, fund=None):
        seen = []
        for r in self.rows:
            code = r[0][:{1: 3, 2: 5, 3: 7}[level]]
            if code not in seen and (fund is None or r[4] == fund):
                seen.append(code)
        return seen

    def tree(self, fund=None):
        """Every code in the order of print: class, group, item."""
        out = []
        for code in self.codes(3, fund):
            for part in (code[:3], code[:5], code):
                if part not in out:
                    out.append(part)
        return out

    @staticmethod
    def name(code):
        return {3: CLASSES, 5: GROUPS, 7: ITEMS}[len(code)][code]

    def economic_tree(self):
        out = []
        for head, label in ECONOMIC_CLASSES.items():
            parts = [(c, n, a) for c, n, a in self.economic if c.startswith(head)]
            if parts:
                out.append((head, label, sum(a for *_, a in parts)))
                out += parts
        return out

    def money(self, value, blank_zero=True):
        if value is None or (blank_zero and not value):
            return ""
        text = f"{value:,.{self.digits}f}" if self.thousands else f"{value:.{self.digits}f}"
        return text


def plain(value): return f"{value:f}"
